import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadFile } from '../contracts/build';
import { isInside } from '../workspace/confine';

/** The most bytes of a file that a compiler is given. */
export const largestSource = 16 * 1024 * 1024;

/** Reads files for compilers, which wait for them: those of the folder alone, wherever its links lead. */
export function createFileReader(folder: string): ReadFile {
  return (path) => {
    try {
      const real = realpathSync(resolve(folder, path));
      if (!isInside(folder, real)) return null;
      const found = statSync(real);
      return found.isFile() && found.size <= largestSource ? new Uint8Array(readFileSync(real)) : null;
    } catch {
      // Compilers try names until one is there.
      return null;
    }
  };
}
