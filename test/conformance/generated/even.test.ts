import { compareGenerated } from './generated';

compareGenerated(0, 2);
