/** JavaScript: a contract is an ES module, run as it is written. */
import type { Language } from '../build';
import { buildBundle } from './build-bundle';

export const javaScript: Language = {
  name: 'JavaScript',
  extensions: ['.js'],
  build: (path, readFile) => Promise.resolve(buildBundle(path, readFile)),
};
