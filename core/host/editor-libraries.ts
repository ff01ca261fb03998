import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ReadFile } from '../contracts/build';
import { importSetOf, readImportSet } from '../contracts/import-sets/import-sets';
import { sdkFiles } from '../contracts/sdk/sdk';
import { allImports } from '../imports/all';
import { setToFunctions } from '../imports/assembly-binding';
import type { DeclaredSet } from '../imports/import-set';
import { setToDeclarations } from '../imports/javascript-declarations';
import { libraries } from '../javascript/libraries';
import type { EditorLibrary } from '../studio/protocol/workspace';

/**
 * What an editor completes contracts from: AssemblyScript's standard library, the SDK of each language, and the import sets of
 * the product and of the workspace, by the paths under which packages lie. A set that can't be read is left out.
 */
export function readEditorLibraries(folder: string, readFile: ReadFile): EditorLibrary[] {
  const require = createRequire(import.meta.url);
  const standard = 'assemblyscript/std/assembly/index.d.ts';
  const own = ownSets(folder, readFile);
  return [
    ...[
      [`node_modules/${standard}`, readFileSync(require.resolve(standard), 'utf8')] as const,
      ...sdkFiles,
      ...own.map((set) => [`node_modules/kernelscope/${set.name}.ts`, setToFunctions(set)] as const),
    ].map(([path, text]) => ({ language: 'assemblyscript' as const, path, text })),
    ...[
      ...Array.from(libraries, ([name, text]) => [`node_modules/${name}.js`, text] as const),
      ...[...allImports, ...own].map(
        (set) => [`node_modules/kernelscope/${set.name}.d.ts`, setToDeclarations(set)] as const,
      ),
    ].map(([path, text]) => ({ language: 'javascript' as const, path, text })),
  ];
}

function ownSets(folder: string, readFile: ReadFile): readonly DeclaredSet[] {
  let files: readonly string[];
  try {
    files = readdirSync(join(folder, 'imports'));
  } catch {
    return [];
  }
  return files.toSorted().flatMap((file) => {
    const name = importSetOf(`imports/${file}`);
    const set = name === null ? null : readImportSet(name, readFile);
    return set?.ok === true ? [set.value] : [];
  });
}
