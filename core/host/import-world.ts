/** A new workspace whose world, with all its past, comes from a CAR file. */
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Fault } from '../base/fault';
import type { Hash } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import { type Storage, StorageError } from '../base/storage';
import { adoptHistory } from '../history/adopt';
import { openBranch } from '../history/branch';
import { openLmdbStorage } from '../store/lmdb-storage';
import { makeEmptyFolder } from '../workspace/empty-folder';
import { openWorkspace, prepareKept, setupFile } from '../workspace/workspace';
import { type OpenCar, openCar } from './car-file';
import { systemFault } from './system-fault';
import { mainBranch, worldParts } from './world-parts';

export interface ImportedWorld {
  readonly folder: string;
  /** Receipts of its history. */
  readonly length: number;
  /** Of all kernels, as they are now. */
  readonly root: Hash;
  readonly blocks: number;
}

/** The folder is empty, or not there yet. When something is wrong, all is as it was. */
export async function importWorld(file: string, into: string): Promise<Result<ImportedWorld, Fault>> {
  const car = await openCar(file);
  if (!car.ok) return car;
  try {
    return await importInto(resolve(into), car.value);
  } finally {
    car.value.close();
  }
}

async function importInto(folder: string, car: OpenCar): Promise<Result<ImportedWorld, Fault>> {
  const empty = await makeEmptyFolder(folder);
  if (!empty.ok) return empty;
  const imported = await fill(folder, car).catch((error: unknown) => {
    if (error instanceof StorageError) return err(error.fault);
    throw error;
  });
  if (!imported.ok) {
    const made =
      empty.value === null ? [setupFile, '.kernelscope'].map((name) => join(folder, name)) : [empty.value];
    for (const path of made) await rm(path, { recursive: true, force: true });
  }
  return imported;
}

const setup = `# This world was imported. What is named here would be in a world that begins anew.
kernelscope: 1
kernels: {}
`;

async function fill(folder: string, car: OpenCar): Promise<Result<ImportedWorld, Fault>> {
  try {
    await writeFile(join(folder, setupFile), setup);
  } catch (error) {
    return err(systemFault(join(folder, setupFile), error));
  }
  const workspace = await openWorkspace(folder);
  if (!workspace.ok) return workspace;
  const kept = await prepareKept(workspace.value);
  if (!kept.ok) return kept;
  const storage = openLmdbStorage(kept.value.world);
  if (!storage.ok) return storage;
  try {
    const blocks = await storeBlocks(car, storage.value);
    if (!blocks.ok) return blocks;
    const opened = openHistory(storage.value, car.root);
    return opened.ok ? ok({ folder, blocks: blocks.value, ...opened.value }) : opened;
  } finally {
    storage.value.close();
  }
}

const batchBytes = 8 << 20;

async function storeBlocks(car: OpenCar, storage: Storage): Promise<Result<number, Fault>> {
  let batch: (readonly [Hash, Uint8Array])[] = [];
  let bytes = 0;
  let count = 0;
  const write = () => {
    storage.write({ blocks: batch, entries: [] });
    count += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const block of car.blocks) {
    if (!block.ok) return block;
    batch.push([block.value.hash, block.value.bytes]);
    bytes += block.value.bytes.length;
    if (bytes >= batchBytes) write();
  }
  write();
  return ok(count);
}

function openHistory(storage: Storage, head: Hash): Result<Pick<ImportedWorld, 'length' | 'root'>, Fault> {
  const adopted = adoptHistory(storage, mainBranch, head);
  if (!adopted.ok) return adopted;
  const branch = openBranch({ ...worldParts, storage }, mainBranch);
  assert(branch !== undefined, 'a history that was adopted is a branch');
  const { length } = branch;
  const root = branch.root();
  branch.dispose();
  return ok({ length, root });
}
