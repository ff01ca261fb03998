import type { Fault } from './fault';
import { type Hash, type HashFunction, hashToText } from './hash';

/** Content-addressed bytes, read by their hash. Synchronous: a tree is read in the middle of a message. */
export interface BlockReader {
  /** The bytes, not to be written to, or `undefined` when the block is not there. */
  block(hash: Hash): Uint8Array | undefined;
}

/** What one atomic write adds: blocks by hash, and entries of the index (`undefined` deletes). */
export interface Batch {
  readonly blocks: readonly (readonly [hash: Hash, bytes: Uint8Array])[];
  readonly entries: readonly (readonly [key: string, value: Uint8Array | undefined])[];
}

/**
 * Blocks plus a small ordered index of named entries. All of a batch becomes durable, or none of it.
 * Two implementations: LMDB for worlds on disk, memory for scenarios and tests.
 */
export interface Storage extends BlockReader {
  /** The fastest SHA-256 that this storage's platform has, for naming blocks. */
  readonly hashOf: HashFunction;
  entry(key: string): Uint8Array | undefined;
  /** Entries with `from <= key < to`, in order of their UTF-8 bytes. */
  entries(from: string, to: string): Iterable<readonly [key: string, value: Uint8Array]>;
  /** Writes and returns when the batch is durable. Throws a `StorageError` when it could not be written. */
  write(batch: Batch): void;
  /**
   * Takes out the blocks that are not `live`, and the entries that are named when all live ones are known. What is written or
   * read meanwhile counts as live. In small steps, each durable or not done at all, so it may be left at any of them; one at a
   * time. Throws a `StorageError`, and what `live` throws before anything was taken out.
   */
  collect(
    live: Iterable<Hash>,
    deadEntries: (isLive: (hash: Hash) => boolean) => Iterable<string>,
  ): Generator<void, Swept, undefined>;
  size(): StorageSize;
  close(): void;
}

/** What was taken out. */
export interface Swept {
  readonly blocks: number;
  readonly bytes: number;
}

/** In bytes. */
export interface StorageSize {
  /** What it takes of the disk, or of the memory. */
  readonly whole: number;
  /** How much of that holds something; the rest is used before more is taken. */
  readonly used: number;
}

/**
 * Thrown where a block is needed and can't be had: it was never written, was lost, or its bytes are not what its
 * hash names. It is an `Error` because trees are read in the middle of a contract's import call.
 */
export class MissingBlock extends Error {
  override readonly name = 'MissingBlock';

  constructor(
    readonly hash: Hash,
    readonly reason: 'missing' | 'damaged',
    options?: ErrorOptions,
  ) {
    super(`the block ${hashToText(hash)} is ${reason}`, options);
  }
}

export type StorageFault = Fault<
  'read-only' | 'disk-full' | 'newer-format' | 'damaged-storage' | 'storage-removed' | 'storage-failed'
>;

/** Thrown by a `write` that could not be done: nothing of the batch was kept. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(readonly fault: StorageFault) {
    super(fault.message);
  }
}
