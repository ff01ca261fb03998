import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sdkFiles } from '../contracts/sdk/sdk';

/** What an editor completes contracts from: AssemblyScript's standard library and the contract SDK, by their paths. */
export function readEditorLibraries(): { path: string; text: string }[] {
  const require = createRequire(import.meta.url);
  const standard = 'assemblyscript/std/assembly/index.d.ts';
  return [
    { path: `node_modules/${standard}`, text: readFileSync(require.resolve(standard), 'utf8') },
    ...Array.from(sdkFiles, ([path, text]) => ({ path, text })),
  ];
}
