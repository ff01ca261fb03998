import { compareGenerated } from './generated';

compareGenerated(1, 2);
