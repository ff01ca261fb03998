import { access, constants, stat } from 'node:fs/promises';
import { type Fault, fault } from '../base/fault';
import { confine } from '../workspace/confine';
import { largestSource } from './read-file';
import { systemFault } from './system-fault';

/**
 * Why a contract of a workspace can't be given to its compiler; `null` when it can. Compilers themselves only know whether
 * there is something to read.
 */
export async function contractFileFault(folder: string, path: string): Promise<Fault | null> {
  const real = await confine(folder, path);
  if (!real.ok) return real.error;
  const found = await stat(real.value).catch(() => null);
  if (found?.isFile() !== true) {
    return fault('no-file', `there is no file ${path} in ${folder}`, {
      remedy: 'a contract is named by its path from the workspace folder, such as contracts/bank.ts',
    });
  }
  if (found.size > largestSource) {
    const words = `${path} has ${found.size.toLocaleString('en')} bytes; a contract may have up to 16 MiB`;
    return fault('too-large', words, { remedy: 'make it smaller, or split it' });
  }
  return access(real.value, constants.R_OK).then(
    () => null,
    (error: unknown) => systemFault(path, error),
  );
}
