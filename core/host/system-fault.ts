import { type Fault, fault } from '../base/fault';

/** What the machine said of a file operation, in words. `place` is the path as its user knows it. */
export function systemFault(place: string, error: unknown): Fault {
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = faultsByCode[systemCode];
  if (known !== undefined) return fault(known.code, `${place}: ${known.words}`, { remedy: known.remedy });
  return fault('file-failed', `${place}: ${error instanceof Error ? error.message : error}`);
}

const denied = {
  code: 'not-allowed',
  words: 'permission denied',
  remedy: "change the permissions of the file and of its folder, or open the workspace's copy elsewhere",
};

const faultsByCode: Readonly<
  Record<string, { readonly code: string; readonly words: string; readonly remedy: string }>
> = {
  ENOENT: {
    code: 'not-found',
    words: 'there is no such file or folder',
    remedy: 'look whether it was renamed or removed',
  },
  EEXIST: { code: 'exists', words: 'there is something of that name already', remedy: 'choose another name' },
  ENOTEMPTY: {
    code: 'exists',
    words: 'there is something of that name already',
    remedy: 'choose another name',
  },
  EISDIR: { code: 'not-a-file', words: 'it is a folder', remedy: 'name a file' },
  ENOTDIR: { code: 'not-a-folder', words: 'a part of the path is a file', remedy: 'name a folder' },
  EACCES: denied,
  EPERM: denied,
  EROFS: {
    code: 'not-allowed',
    words: 'the file system is read-only',
    remedy: 'open a copy of the workspace elsewhere',
  },
  ENOSPC: { code: 'disk-full', words: 'the disk is full', remedy: 'make room, then try again' },
  ENAMETOOLONG: { code: 'bad-path', words: 'the name is too long', remedy: 'choose a shorter name' },
};
