/** All languages behind one call: the file's ending chooses. */
import { assemblyScript } from './assemblyscript/language';
import type { Build, Language, ReadFile } from './build';
import { errorIn } from './diagnostic';
import { javaScript } from './javascript/language';
import { prebuilt } from './prebuilt';
import { wat } from './wat';

const languages: readonly Language[] = [assemblyScript, javaScript, wat, prebuilt];

export const contractExtensions: readonly string[] = languages.flatMap(({ extensions }) => extensions);

/** Compiles a contract. What goes wrong, a missing file or a language nobody knows included, is a diagnostic. */
export async function buildContract(path: string, readFile: ReadFile): Promise<Build> {
  const language = languages.find(({ extensions }) =>
    extensions.some((extension) => path.endsWith(extension)),
  );
  if (language !== undefined) return language.build(path, readFile);
  const message = `no language for this file; a contract ends with ${contractExtensions.join(', ')}`;
  return { ok: false, diagnostics: [errorIn(path, message)], inputs: [path] };
}
