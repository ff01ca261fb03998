/** Worlds without a window: what scenarios run in, and stored worlds opened to be read. */
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, assert, err, ok } from '../base/result';
import type { Diagnostic } from '../contracts/build';
import { type Branch, createBranch, openBranch } from '../history/branch';
import { DamagedBlock } from '../history/stored-value';
import type { ScenarioParts } from '../scenario/run';
import { dataFile } from '../store/format';
import { openLmdbStorage } from '../store/lmdb-storage';
import { createMemoryStorage } from '../store/memory-storage';
import { nativeHashOf } from '../store/native-hash';
import { type Workspace, openWorkspace } from '../workspace/workspace';
import { startBuilder } from './builder';
import type { BuiltFiles } from './built-files';
import { systemClock } from './clock';
import { contractFileFault } from './contract-file';
import { mainBranch, worldParts } from './world-parts';

export interface Headless {
  readonly parts: ScenarioParts;
  close(): Promise<void>;
}

/**
 * What scenarios of a workspace need: its contracts, each compiled once, and worlds in memory. Diagnostics name files
 * as seen from `directory`.
 */
export function openHeadless(workspace: Workspace, built: BuiltFiles, directory: string): Headless {
  const builder = startBuilder({ url: built.workers.build, workspace: workspace.folder, clock: systemClock });
  const buildByPath = new Map<string, ReturnType<ScenarioParts['build']>>();
  const fromDirectory = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: relative(directory, join(workspace.folder, diagnostic.file)),
  });

  async function build(path: string): ReturnType<ScenarioParts['build']> {
    const unreadable = await contractFileFault(workspace.folder, path);
    if (unreadable !== null) return err(unreadable);
    const answer = await builder.build(path, null);
    if (!answer.ok) return answer;
    return ok({ ...answer.value, diagnostics: answer.value.diagnostics.map(fromDirectory) });
  }

  return {
    parts: {
      imports: worldParts.imports,
      build(path) {
        const known = buildByPath.get(path) ?? build(path);
        buildByPath.set(path, known);
        return known;
      },
      createBranch(inputs) {
        const branch = createBranch(
          { ...worldParts, storage: createMemoryStorage(nativeHashOf) },
          mainBranch,
          inputs,
        );
        assert(branch.ok, 'a new storage has no branch');
        return branch.value;
      },
    },
    close: () => builder.close(),
  };
}

export interface StoredWorld {
  readonly branch: Branch;
  close(): void;
}

/**
 * Opens the world of a workspace, or a world's own folder, to read what is committed, also while another process has
 * it open.
 */
export async function openStoredWorld(folder: string): Promise<Result<StoredWorld, Fault>> {
  const found = await findWorld(folder);
  if (!found.ok) return found;
  const storage = openLmdbStorage(found.value, { readOnly: true });
  if (!storage.ok) return storage;
  try {
    const branch = openBranch({ ...worldParts, storage: storage.value }, mainBranch);
    if (branch !== undefined) {
      return ok({
        branch,
        close() {
          branch.dispose();
          storage.value.close();
        },
      });
    }
    storage.value.close();
    return err(noWorld(folder));
  } catch (error) {
    storage.value.close();
    if (!(error instanceof DamagedBlock)) throw error;
    return err(fault('damaged-world', `${found.value}: ${error.message}`));
  }
}

async function findWorld(folder: string): Promise<Result<string, Fault>> {
  if (await isStore(folder)) return ok(folder);
  const workspace = await openWorkspace(folder);
  if (!workspace.ok) return workspace;
  const { world } = workspace.value.kept;
  return (await isStore(world)) ? ok(world) : err(noWorld(folder));
}

const isStore = (folder: string): Promise<boolean> =>
  stat(join(folder, dataFile)).then(
    (found) => found.isFile(),
    () => false,
  );

const noWorld = (folder: string): Fault =>
  fault('no-world', `${folder} has no world yet`, {
    remedy: `kernelscope ${folder} opens the workspace and makes it`,
  });
