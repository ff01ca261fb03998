import type { Hash } from './hash';

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
  entry(key: string): Uint8Array | undefined;
  /** Entries with `from <= key < to`, in order of their UTF-8 bytes. */
  entries(from: string, to: string): Iterable<readonly [key: string, value: Uint8Array]>;
  /** Writes and returns when the batch is durable. Throws a `StorageError` when it could not be written. */
  write(batch: Batch): void;
  close(): void;
}
