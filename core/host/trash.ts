/** Removed files, kept until somebody empties the folder: `trash/<id>/path` holds the path, `trash/<id>/item` what it was. */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';

export interface Trash {
  /** Moves a file or folder here; returns what `take` needs. */
  put(path: string, real: string): Promise<string>;
  /** Where it was; `null` when it is not here. */
  pathOf(id: string): Promise<string | null>;
  take(id: string, real: string): Promise<void>;
}

export function createTrash(folder: string): Trash {
  return {
    async put(path, real) {
      const id = randomUUID();
      await mkdir(join(folder, id), { recursive: true });
      await writeFile(join(folder, id, 'path'), path);
      await move(real, join(folder, id, 'item'));
      return id;
    },
    async pathOf(id) {
      if (!idPattern.test(id)) return null;
      return readFile(join(folder, id, 'path'), 'utf8').catch(() => null);
    },
    async take(id, real) {
      await mkdir(dirname(real), { recursive: true });
      await move(join(folder, id, 'item'), real);
      await rm(join(folder, id), { recursive: true });
    },
  };
}

const idPattern = /^[0-9a-f-]{36}$/;

/** Also from one file system to another, as when a folder of the workspace is mounted. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true });
  }
}
