/**
 * One process has a workspace open at a time: the one whose lock file lies in `.kernelscope/`. A lock of a process that
 * ended without letting go of it is taken over.
 */
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync, rmSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { systemFault } from './system-fault';

export interface Lock {
  /** Whether the process before was ended without closing the workspace. */
  readonly takenOver: boolean;
  /** Says where the workspace can be seen, for whoever tries to open it again. */
  announce(url: string): Promise<void>;
  release(): void;
}

export async function acquireLock(path: string): Promise<Result<Lock, Fault>> {
  const own: Holder = { pid: process.pid, started: startOf(process.pid), url: null };
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, JSON.stringify(own));
    let takenOver = false;
    // A link is made as a whole or not at all, and never over another.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await tryLink(draft, path)) return ok(heldLock(path, own, takenOver));
      const holder = readHolder(path);
      if (holder !== null && isAlive(holder)) return err(alreadyOpen(holder));
      const stale = `${path}.${process.pid}.stale`;
      await rename(path, stale).catch(() => undefined);
      const moved = readHolder(stale);
      // Between the look and the move another process may have taken it over: it gets its lock back.
      if (moved !== null && isAlive(moved)) await tryLink(stale, path);
      await rm(stale, { force: true });
      takenOver = true;
    }
    return err(fault('already-open', 'another process is opening this workspace right now'));
  } catch (error) {
    return err(systemFault('the lock of the workspace', error));
  } finally {
    await rm(draft, { force: true });
  }
}

const holderSchema = z.object({ pid: z.int(), started: z.string(), url: z.string().nullable() });
type Holder = z.infer<typeof holderSchema>;

function heldLock(path: string, own: Holder, takenOver: boolean): Lock {
  let held = true;
  return {
    takenOver,
    announce: (url) => writeFileAtomic(path, JSON.stringify({ ...own, url }), { mode: 0o600 }),
    release() {
      // Somebody may have removed it, and another process has one of its own in its place.
      if (held && isHeldBy(readHolder(path), own)) rmSync(path, { force: true });
      held = false;
    },
  };
}

const tryLink = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    },
  );

/** `null` for a lock that is gone or can't be read: nobody holds it. */
function readHolder(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

const isHeldBy = (holder: Holder | null, { pid, started }: Holder): boolean =>
  holder?.pid === pid && holder.started === started;

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be signalled, and is alive.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startOf(pid) === started;
}

/** Tells a process from a later one of the same number, where the system says when it began; else always the same. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces; the start is the 22nd field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const alreadyOpen = ({ pid, url }: Holder) =>
  fault(
    'already-open',
    `this workspace is open already, in process ${pid}${url === null ? '' : ` at ${url}`}`,
    {
      remedy: url === null ? 'use its window, or end that process' : 'open that address, or end that process',
    },
  );
