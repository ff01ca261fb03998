/** The modules that come with every script, by the names under which it imports them. */
import bind from './guest/bind.js?raw';
import codec from './guest/codec.js?raw';
import exchange from './guest/exchange.js?raw';
import kernelscope from './guest/kernelscope.js?raw';
import serve from './guest/serve.js?raw';
import set from './guest/set.js?raw';

export const libraries: ReadonlyMap<string, string> = new Map([
  ['kernelscope', kernelscope],
  ['kernelscope/bind', bind],
  ['kernelscope/codec', codec],
  ['kernelscope/exchange', exchange],
  ['kernelscope/serve', serve],
  ['kernelscope/set', set],
]);
