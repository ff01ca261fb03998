import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sdkFiles } from '../contracts/sdk/sdk';
import { libraries } from '../javascript/libraries';

/** What an editor completes contracts from: AssemblyScript's standard library and the SDK of each language, by their paths. */
export function readEditorLibraries(): { path: string; text: string }[] {
  const require = createRequire(import.meta.url);
  const standard = 'assemblyscript/std/assembly/index.d.ts';
  return [
    { path: `node_modules/${standard}`, text: readFileSync(require.resolve(standard), 'utf8') },
    ...Array.from(sdkFiles, ([path, text]) => ({ path, text })),
    ...Array.from(libraries, ([name, text]) => ({ path: `node_modules/${name}.js`, text })),
  ];
}
