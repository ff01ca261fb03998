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

const defaultsOf = { assemblyscript: typescriptDefaults, javascript: javascriptDefaults };

/** Has the latest libraries be what contracts are completed from. Answers whether they have come. */
export async function updateContractLibraries(client: StudioClient): Promise<boolean> {
  const libraries = await client.call('contracts.libraries', {});
  if (!libraries.ok) return false;
  const gone = new Map(known);
  for (const { language, path, text } of libraries.value.files) {
    const key = `${language} ${path}`;
    gone.delete(key);
    if (known.get(key)?.text === text) continue;
    known.get(key)?.library.dispose();
    known.set(key, { text, library: defaultsOf[language].addExtraLib(text, `file:///${path}`) });
  }
  for (const [key, { library }] of gone) {
    library.dispose();
    known.delete(key);
  }
  return true;
}

/** By language and path. There is one editor library in a window, and it keeps them for all editors. */
const known = new Map<string, { readonly text: string; readonly library: { dispose(): void } }>();
