import { mkdir, readdir } from 'node:fs/promises';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { notWritable } from './not-writable';

/**
 * Makes a folder that something new is to be put into, unless it is there and empty. Tells the topmost folder that it made;
 * `null` when all were there.
 */
export async function makeEmptyFolder(
  folder: string,
): Promise<Result<string | null, Fault<'not-empty' | 'not-writable'>>> {
  try {
    const made = await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) return ok(made ?? null);
  } catch (error) {
    return err(notWritable(folder, error));
  }
  return err(
    fault('not-empty', `${folder} is not empty`, {
      remedy: 'choose a folder that is empty or not there yet',
    }),
  );
}
