/** What went wrong with the folder of a world, in words. */
import { existsSync, statfsSync } from 'node:fs';
import { fault } from '../base/fault';
import { StorageError, type StorageFault } from '../base/storage';

/** From anything that Node's files or LMDB threw. */
export function errorToStorageFault(folder: string, error: unknown): StorageFault {
  if (error instanceof StorageError) return error.fault;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || /permission|read-only/i.test(message)) {
    return fault('read-only', `the folder ${folder} of the world can't be written to: ${message}`, {
      remedy: 'Give yourself the right to write there, or open the workspace from another folder.',
    });
  }
  if (/MDB_(CORRUPTED|INVALID|PAGE_NOTFOUND|PANIC|VERSION_MISMATCH)/.test(message))
    return damagedFault(folder, message);
  if (code === 'ENOSPC' || code === 'EDQUOT' || isNearlyFull(folder)) {
    return fault('disk-full', `there is no room left for the world in ${folder}`, {
      remedy: 'Make room on the disk; all that was committed before is safe.',
    });
  }
  return fault('storage-failed', `the world in ${folder} could not be stored or read: ${message}`);
}

export const damagedFault = (folder: string, what: string): StorageFault =>
  fault('damaged-storage', `the stored world in ${folder} is damaged: ${what}`, {
    remedy: 'Put back a copy of the folder, or move it away to begin anew.',
  });

export const removedFault = (folder: string): StorageFault =>
  fault('storage-removed', `the folder ${folder} of the world was removed while it was open`, {
    remedy: 'Put it back, then restart the world; without it a new world begins.',
  });

export const newerFormatFault = (folder: string, version: number, known: number): StorageFault =>
  fault(
    'newer-format',
    `the stored world in ${folder} has format ${version}, this program reads up to ${known}`,
    {
      remedy: 'Open it with the program that wrote it.',
    },
  );

/** LMDB only says that it wrote less than it wanted to. */
function isNearlyFull(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 4 * 1024 * 1024;
}
