import { bytesToText, compareBytes } from '../base/bytes';
import type { StateEntry, StateTree, StateWrite } from '../state/tree';

/** A kernel's state as one run sees it: reads go through to the tree, writes stay here until they are committed. */
export interface StateView {
  get(key: Uint8Array): Uint8Array | undefined;
  /** Keeps a copy of both. */
  set(key: Uint8Array, value: Uint8Array): void;
  /** Whether the key was there. */
  delete(key: Uint8Array): boolean;
  /** The first entry whose key is greater; `null` asks for the very first. */
  next(key: Uint8Array | null): StateEntry | undefined;
  /** What was written, one write for each key, in order of the keys. */
  writes(): readonly StateWrite[];
}
