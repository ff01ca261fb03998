/** Stored worlds opened to be read. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import { type Branch, openBranch } from '../history/branch';
import { chosenBranch, noBranch } from '../history/branches';
import { damageFault } from '../history/damage';
import { dataFile } from '../store/format';
import { openLmdbStorage } from '../store/lmdb-storage';
import { openWorkspace } from '../workspace/workspace';
import { mainBranch, worldParts } from './world-parts';

export interface StoredWorld {
  readonly storage: Storage;
  /** The one that was asked for, or else the one that is worked on. */
  readonly branch: Branch;
  /** Opens another branch, which is closed with the world. */
  open(name: string): Result<Branch, Fault>;
  close(): void;
}

/**
 * Opens the world of a workspace, or a world's own folder, to read what is committed, also while another process has
 * it open.
 */
export async function openStoredWorld(folder: string, branch?: string): Promise<Result<StoredWorld, Fault>> {
  const storage = await openStore(folder);
  if (!storage.ok) return storage;
  const branches = createBranches(storage.value);
  const first = branches.open(branch);
  if (first.ok) return ok({ storage: storage.value, branch: first.value, ...branches });
  branches.close();
  return err(first.error.code === 'no-branch' && branch === undefined ? noWorld(folder) : first.error);
}

/** The store alone, for what is not about a branch. */
export async function openStore(folder: string): Promise<Result<Storage, Fault>> {
  const found = await findWorld(folder);
  return found.ok ? openLmdbStorage(found.value, { readOnly: true }) : found;
}

/** Branches of a store, all closed with it. */
export function createBranches(storage: Storage) {
  const opened: Branch[] = [];
  return {
    /** Without a name, the branch that is worked on. */
    open(name = chosenBranch(storage) ?? mainBranch): Result<Branch, Fault> {
      try {
        const branch = openBranch({ ...worldParts, storage }, name);
        if (branch === undefined) return err(noBranch(storage, name));
        opened.push(branch);
        return ok(branch);
      } catch (error) {
        return err(damageFault(error));
      }
    },
    close() {
      for (const branch of opened) branch.dispose();
      storage.close();
    },
  };
}

async function findWorld(folder: string): Promise<Result<string, Fault>> {
  if (await isStore(folder)) return ok(folder);
  const workspace = await openWorkspace(folder);
  if (!workspace.ok) return workspace;
  const { world } = workspace.value.kept;
  return (await isStore(world)) ? ok(world) : err(noWorld(folder));
}

export const isStore = (folder: string): Promise<boolean> =>
  stat(join(folder, dataFile)).then(
    (found) => found.isFile(),
    () => false,
  );

export const noWorld = (folder: string): Fault =>
  fault('no-world', `${folder} has no world yet`, {
    remedy: `kernelscope ${folder} opens the workspace and makes it`,
  });
