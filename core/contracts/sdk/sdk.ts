/** The contract SDK's sources: what the compiler reads under the name `kernelscope`, and what an editor completes from. */
import host from './assembly/host.ts?raw';
import index from './assembly/index.ts?raw';
import value from './assembly/value.ts?raw';

/** By the paths under which the compiler looks for a package. */
export const sdkFiles: ReadonlyMap<string, string> = new Map([
  ['node_modules/kernelscope/index.ts', index],
  ['node_modules/kernelscope/host.ts', host],
  ['node_modules/kernelscope/value.ts', value],
]);
