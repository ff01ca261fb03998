import { type Fault, fault } from '../base/fault';

/** What the machine said when a folder couldn't be written, in words. */
export function notWritable(folder: string, error: unknown): Fault<'not-writable'> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasonByCode.get(code) ?? (error instanceof Error ? error.message : String(error));
  return fault('not-writable', `${folder} can't be written: ${reason}`, {
    remedy: 'change its permissions, or choose another folder',
  });
}

const reasonByCode = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['ENAMETOOLONG', 'the name is too long'],
]);
