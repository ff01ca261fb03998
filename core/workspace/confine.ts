/** Keeps every path inside the workspace: the one check that files are read, written and served through. */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';

export type ConfineFault = Fault<'outside-workspace' | 'bad-path'>;

/**
 * The absolute path of something in `root`, which need not exist yet. `root` is a real path; `path` is relative to it
 * and uses `/`. A fault when it leads out of `root`: by `..`, as an absolute path, or through a symbolic link.
 */
export async function confine(root: string, path: string): Promise<Result<string, ConfineFault>> {
  if (path.includes('\0') || path.includes('\\')) {
    return err(fault('bad-path', `${JSON.stringify(path)} holds a character that a path can't have here`));
  }
  const target = resolve(root, path);
  if (isAbsolute(path) || !isInside(root, target)) return err(outside(path));
  const real = await resolveLinks(target);
  return real !== null && isInside(root, real) ? ok(target) : err(outside(path));
}

/** Whether `path` is `root` or below it; both absolute. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const outside = (path: string) =>
  fault('outside-workspace', `${JSON.stringify(path)} is outside the workspace`, {
    remedy: 'name a file by its path from the workspace folder, such as contracts/bank.ts',
  });

/** The real path of the part that exists, with the rest as written; `null` when a link on the way can't be followed. */
async function resolveLinks(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    // What exists and yet has no real path is a link to nowhere, which a write would follow.
    if (dirname(path) === path || (await exists(path))) return null;
    const parent = await resolveLinks(dirname(path));
    return parent === null ? null : join(parent, basename(path));
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
