import type { StudioClient } from '../../app/connection';
import { isLibraryFile } from '../../ui/library-file';

/** Whether a file that a source map names is a text of the workspace. Each is looked for once. */
export function createSourceFinder(client: StudioClient): (file: string) => Promise<boolean> {
  const foundByFile = new Map<string, Promise<boolean>>();
  return (file) => {
    if (isLibraryFile(file)) return Promise.resolve(false);
    const known = foundByFile.get(file);
    if (known !== undefined) return known;
    const looking = client.call('files.read', { path: file }).then(({ ok }) => {
      if (!ok) foundByFile.delete(file);
      return ok;
    });
    foundByFile.set(file, looking);
    return looking;
  };
}
