/** The languages of contracts in the TypeScript worker: completion, hovers, signatures. Errors are the compilers' to say. */
import { javascriptDefaults, typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import type { StudioClient } from '../app/connection';

export function configureContractLanguages(): void {
  // AssemblyScript in its own terms: no library of JavaScript's, decorators on functions.
  typescriptDefaults.setCompilerOptions({
    noLib: true,
    target: 99,
    module: 99,
    moduleResolution: 2,
    strict: true,
    experimentalDecorators: true,
    allowNonTsExtensions: true,
    types: [],
  });
  // JavaScript without a browser around it.
  javascriptDefaults.setCompilerOptions({
    lib: ['es2023'],
    target: 99,
    module: 99,
    moduleResolution: 2,
    allowJs: true,
    allowNonTsExtensions: true,
    types: [],
  });
  for (const defaults of [typescriptDefaults, javascriptDefaults]) {
    defaults.setDiagnosticsOptions({
      noSemanticValidation: true,
      noSyntaxValidation: true,
      noSuggestionDiagnostics: true,
    });
    defaults.setEagerModelSync(true);
  }
}

/** What contracts are completed from. Answers whether it has come. */
export async function addContractLibraries(client: StudioClient): Promise<boolean> {
  const libraries = await client.call('contracts.libraries', {});
  if (!libraries.ok) return false;
  for (const { path, text } of libraries.value.files) {
    const defaults = path.endsWith('.js') ? javascriptDefaults : typescriptDefaults;
    defaults.addExtraLib(text, `file:///${path}`);
  }
  return true;
}
