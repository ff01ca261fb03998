import { mkdir, readdir } from 'node:fs/promises';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { notWritable } from './not-writable';

/** Makes a folder that something new is to be put into, unless it is there and empty. */
export async function makeEmptyFolder(
  folder: string,
): Promise<Result<undefined, Fault<'not-empty' | 'not-writable'>>> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) return ok(undefined);
  } catch (error) {
    return err(notWritable(folder, error));
  }
  return err(
    fault('not-empty', `${folder} is not empty`, {
      remedy: 'choose a folder that is empty or not there yet',
    }),
  );
}
