/** Blocks and entries that become durable together, and can be read until then. */
import { type Hash, hashToKey } from '../base/hash';
import type { Batch, BlockReader, Storage } from '../base/storage';

export interface Group extends BlockReader {
  /** Of its blocks. */
  readonly bytes: number;
  add(hash: Hash, bytes: Uint8Array): void;
  /** An entry of the index; the later of two for a key counts. */
  enter(key: string, value: Uint8Array): void;
  /** Makes it durable; what is added then belongs to the next one. Throws a `StorageError`: then it is as it was. */
  write(): void;
}

/** Its `block` finds those of the storage too. */
export function createGroup(storage: Storage): Group {
  let blocks: Batch['blocks'][number][] = [];
  let entries: Batch['entries'][number][] = [];
  let bytes = 0;
  /** Made of the first so many blocks when one is asked for, which is seldom. */
  const blockByKey = new Map<string, Uint8Array>();
  let mapped = 0;

  function find(hash: Hash): Uint8Array | undefined {
    for (const [of, block] of blocks.slice(mapped)) blockByKey.set(hashToKey(of), block);
    mapped = blocks.length;
    return blockByKey.get(hashToKey(hash));
  }

  return {
    block: (hash) => storage.block(hash) ?? (blocks.length > 0 ? find(hash) : undefined),
    get bytes() {
      return bytes;
    },
    add(hash, block) {
      blocks.push([hash, block]);
      bytes += block.length;
    },
    enter: (key, value) => void entries.push([key, value]),
    write() {
      storage.write({ blocks, entries });
      blocks = [];
      entries = [];
      bytes = 0;
      blockByKey.clear();
      mapped = 0;
    },
  };
}
