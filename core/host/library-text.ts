import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sdkFiles } from '../contracts/sdk/sdk';

const prefix = '~lib/';

/**
 * The text of a source that came with the AssemblyScript compiler, as source maps name it: of the SDK, or of the standard
 * library. `null` when there is none of that name.
 */
export function libraryText(file: string): string | null {
  if (!file.startsWith(prefix)) return null;
  const path = file.slice(prefix.length);
  return sdkFiles.get(`node_modules/${path}`) ?? standardText(path);
}

function standardText(path: string): string | null {
  // Source maps may name anything.
  if (!/^\w[\w-]*(\/\w[\w-]*)*\.ts$/.test(path)) return null;
  const index = createRequire(import.meta.url).resolve('assemblyscript/std/assembly/index.d.ts');
  try {
    return readFileSync(join(dirname(index), path), 'utf8');
  } catch {
    return null;
  }
}
