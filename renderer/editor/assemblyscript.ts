/** AssemblyScript in the TypeScript worker: completion, hovers and signatures. What is an error the compiler says. */
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import type { StudioClient } from '../app/connection';

/** In AssemblyScript's own terms: no library of JavaScript's, decorators on functions. */
export function configureAssemblyScript(): void {
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
  typescriptDefaults.setDiagnosticsOptions({
    noSemanticValidation: true,
    noSyntaxValidation: true,
    noSuggestionDiagnostics: true,
  });
  typescriptDefaults.setEagerModelSync(true);
}

/** What contracts are completed from. Answers whether it has come. */
export async function addContractLibraries(client: StudioClient): Promise<boolean> {
  const libraries = await client.call('contracts.libraries', {});
  if (!libraries.ok) return false;
  for (const { path, text } of libraries.value.files) typescriptDefaults.addExtraLib(text, `file:///${path}`);
  return true;
}
