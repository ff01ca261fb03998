/** The stored world of a workspace, opened to be changed: by one process at a time, as the window does. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import type { Branch } from '../history/branch';
import { openLmdbStorage } from '../store/lmdb-storage';
import { type Workspace, openWorkspace } from '../workspace/workspace';
import { acquireLock } from './lock';
import { createBranches, isStore, noWorld } from './stored-world';

export interface WorldToChange {
  readonly workspace: Workspace;
  readonly storage: Storage;
  /** Opens a branch, which is closed with the world; without a name the one that is worked on. */
  open(name?: string): Result<Branch, Fault>;
  close(): void;
}

/** A fault when there is no world, or when another process has the workspace open. */
export async function openWorldToChange(folder: string): Promise<Result<WorldToChange, Fault>> {
  const opened = await openWorkspace(folder);
  if (!opened.ok) return (await isStore(folder)) ? err(bareWorld(folder)) : opened;
  const workspace = opened.value;
  if (!(await isStore(workspace.kept.world))) return err(noWorld(folder));
  const lock = await acquireLock(workspace.kept.lock);
  if (!lock.ok) return lock;
  const storage = openLmdbStorage(workspace.kept.world);
  if (!storage.ok) {
    lock.value.release();
    return storage;
  }
  const branches = createBranches(storage.value);
  return ok({
    workspace,
    storage: storage.value,
    open: branches.open,
    close() {
      branches.close();
      lock.value.release();
    },
  });
}

const bareWorld = (folder: string): Fault =>
  fault('not-a-workspace', `${folder} is the folder of a world, which can only be read`, {
    remedy: 'name the workspace that it belongs to',
  });
