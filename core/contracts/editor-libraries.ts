import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sdkFiles } from './sdk/sdk';

export interface EditorLibrary {
  /** Where an editor's language service has to find it. */
  readonly path: string;
  readonly text: string;
}

/** What an editor completes contracts from: AssemblyScript's standard library and the contract SDK. */
export function editorLibraries(): readonly EditorLibrary[] {
  const standard = 'assemblyscript/std/assembly/index.d.ts';
  const text = readFileSync(createRequire(import.meta.url).resolve(standard), 'utf8');
  return [
    { path: `node_modules/${standard}`, text },
    ...[...sdkFiles].map(([path, source]) => ({ path, text: source })),
  ];
}
