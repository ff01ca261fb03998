/** A stored world as a CAR file: with all its past, or one of its states alone. */
import { type Fault, fault } from '../base/fault';
import { type Hash, hashToKey } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import { type BlockReader, MissingBlock } from '../base/storage';
import { readHead } from '../history/lines';
import { type StoredBlock, historyBlocks, worldBlocks } from '../history/reachable';
import { DamagedBlock } from '../history/stored-value';
import { type WrittenCar, writeCar } from './car-file';
import type { StoredWorld } from './stored-world';

export interface ExportedWorld extends WrittenCar {
  /** The head of the history, or the root of the state. */
  readonly root: Hash;
}

/** From the head of the branch down: what can be imported. */
export function exportHistory(
  { storage, branch }: StoredWorld,
  file: string,
): Promise<Result<ExportedWorld, Fault>> {
  const end = readHead(storage, branch.name);
  assert(end !== undefined, 'a branch that is open has a head');
  return write(file, end.head, historyBlocks(storage, end.head));
}

/** All kernels after `length` receipts, with their states and code, and nothing of how they came about. */
export function exportState(
  { storage, branch }: StoredWorld,
  file: string,
  length: number,
): Promise<Result<ExportedWorld, Fault>> {
  // Between two commits, the tree of the kernels is stored nowhere.
  const made = new Map<string, Uint8Array>();
  const tree = branch.world(length).tree();
  const root = tree.hash((hash, block) => void made.set(hashToKey(hash), block), storage.hashOf);
  const blocks: BlockReader = { block: (hash) => made.get(hashToKey(hash)) ?? storage.block(hash) };
  return write(file, root, worldBlocks(blocks, root));
}

async function write(
  file: string,
  root: Hash,
  blocks: Iterable<StoredBlock>,
): Promise<Result<ExportedWorld, Fault>> {
  try {
    const written = await writeCar(file, root, blocks);
    return written.ok ? ok({ root, ...written.value }) : written;
  } catch (error) {
    if (!(error instanceof MissingBlock || error instanceof DamagedBlock)) throw error;
    return err(fault('damaged-world', `the world is not whole: ${error.message}`));
  }
}
