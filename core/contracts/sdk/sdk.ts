import { allImports } from '../../imports/all';
import { setToExterns } from '../../imports/assembly-binding';

/** The contract SDK's sources: what the compiler reads under the name `kernelscope`, and what an editor completes from. */
import fail from './assembly/fail.ts?raw';
import glue from './assembly/glue.ts?raw';
import index from './assembly/index.ts?raw';
import reader from './assembly/reader.ts?raw';
import received from './assembly/received.ts?raw';
import writer from './assembly/writer.ts?raw';

/** By the paths under which a package of that name lies. */
export const sdkFiles: ReadonlyMap<string, string> = new Map([
  ['node_modules/kernelscope/index.ts', index],
  ['node_modules/kernelscope/fail.ts', fail],
  ['node_modules/kernelscope/glue.ts', glue],
  ['node_modules/kernelscope/reader.ts', reader],
  ['node_modules/kernelscope/received.ts', received],
  ['node_modules/kernelscope/writer.ts', writer],
  ...allImports.map((set) => [`node_modules/kernelscope/${set.name}.ts`, setToExterns(set)] as const),
]);
