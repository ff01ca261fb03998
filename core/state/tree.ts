/** INTERFACE ONLY, to be implemented here. */
import type { Hash } from '../base/hash';

export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** `value` `undefined` deletes the key. */
export type StateWrite = readonly [key: Uint8Array, value: Uint8Array | undefined];

/** An immutable, persistent, ordered map of byte keys (1..1024 bytes) to byte values, with a Merkle root. */
export interface StateTree {
  get(key: Uint8Array): Uint8Array | undefined;
  /** The first entry whose key is greater than `key`; `null` asks for the very first. */
  next(key: Uint8Array | null): StateEntry | undefined;
  /** A new tree with the writes applied; shares all that did not change. The later of two writes of a key wins. */
  with(writes: Iterable<StateWrite>): StateTree;
  /** The root. `emit` is given each block that is new since this tree's nodes were last hashed or read. */
  hash(emit: (hash: Hash, block: Uint8Array) => void): Hash;
}
