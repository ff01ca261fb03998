/** All languages behind one call: the file's ending chooses. */
import { assemblyScript } from './assemblyscript/language';
import type { Build, Language, ReadFile } from './build';
import { errorIn } from './diagnostic';
import { importSetOf, readImportSet } from './import-sets/import-sets';
import { javaScript } from './javascript/language';
import { prebuilt } from './prebuilt';
import { wat } from './wat';

const languages: readonly Language[] = [assemblyScript, javaScript, wat, prebuilt];

export const contractExtensions: readonly string[] = languages.flatMap(({ extensions }) => extensions);

/** Compiles a contract. What goes wrong, a missing file or a language nobody knows included, is a diagnostic. */
export async function buildContract(path: string, readFile: ReadFile): Promise<Build> {
  // An import set is no contract, and whoever writes one is told of its mistakes all the same.
  const set = importSetOf(path);
  const read = set === null ? null : readImportSet(set, readFile);
  if (read?.ok === false) return { ok: false, diagnostics: [read.error], inputs: [path] };
  const language = languages.find(({ extensions }) =>
    extensions.some((extension) => path.endsWith(extension)),
  );
  if (language !== undefined) return language.build(path, readFile);
  const message = `no language for this file; a contract ends with ${contractExtensions.join(', ')}`;
  return { ok: false, diagnostics: [errorIn(path, message)], inputs: [path] };
}
