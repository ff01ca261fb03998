/** A kernel's state: an immutable, persistent, ordered map with a Merkle root. */
import { bytesEqual } from '../base/bytes';
import { type Hash, type HashFunction, hashOf as pureHashOf } from '../base/hash';
import { assert } from '../base/result';
import type { BlockReader } from '../base/storage';
import { deleteValue, setValue } from './edit';
import { emptyBlock, largestInlineValue, longestKey } from './format';
import { loadNode } from './load';
import { type Edit, type NodeValue, type TreeNode, type UnloadedNode, createLeaf } from './node';
import { firstEntry, getValue, nextEntry } from './read';
import { sealNode } from './seal';

/** Neither array is to be written to. */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** `value` `undefined` deletes the key. */
export type StateWrite = readonly [key: Uint8Array, value: Uint8Array | undefined];

/**
 * An immutable, persistent, ordered map of byte keys (1..1024 bytes) to byte values, with a Merkle root that depends
 * on the entries alone, not on how they came about. Every method but a `hash` of what was hashed before may read
 * blocks, and throws a `MissingBlock` when it can't.
 */
export interface StateTree {
  /** Not to be written to. */
  get(key: Uint8Array): Uint8Array | undefined;
  /** The first entry whose key is greater than `key`; `null` asks for the very first. */
  next(key: Uint8Array | null): StateEntry | undefined;
  /**
   * A new tree with the writes applied; shares all that did not change. The later of two writes of a key wins. The
   * arrays become the tree's: they aren't to be written to afterwards.
   */
  with(writes: Iterable<StateWrite>): StateTree;
  /**
   * The root. `emit` is given each block that is new since this tree's nodes were last hashed or read, those that
   * are linked to before those that link; it has to keep them, for no tree that shares them gives them again. The
   * empty tree has no block.
   */
  hash(emit: (hash: Hash, block: Uint8Array) => void, hashOf?: HashFunction): Hash;
  /** The nodes, for what walks two trees at once. */
  readonly root: TreeNode | UnloadedNode | null;
}

/** A class because one is made for each message, and methods that are shared cost nothing then. */
class MerkleTree implements StateTree {
  #root: TreeNode | UnloadedNode | null;

  constructor(root: TreeNode | UnloadedNode | null) {
    this.#root = root;
  }

  get root(): TreeNode | UnloadedNode | null {
    return this.#root;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const root = this.#load();
    return root === null ? undefined : getValue(root, key);
  }

  next(key: Uint8Array | null): StateEntry | undefined {
    const root = this.#load();
    if (root === null) return undefined;
    return key === null ? firstEntry(root) : nextEntry(root, 0, key);
  }

  with(writes: Iterable<StateWrite>): StateTree {
    const before = this.#load();
    let after = before;
    const edit: Edit = {};
    for (const write of writes) after = written(after, write, edit);
    return after === before ? this : new MerkleTree(after);
  }

  hash(emit: (hash: Hash, block: Uint8Array) => void, hashOf: HashFunction = pureHashOf): Hash {
    const root = this.#root;
    if (root === null) return emptyRoot;
    if (root.children !== null) sealNode(root, 0, { emit, hashOf });
    assert(root.hash !== null, 'a sealed root has a hash');
    return root.hash;
  }

  #load(): TreeNode | null {
    const root = this.#root;
    if (root === null || root.children !== null) return root;
    return (this.#root = loadNode(root, null));
  }
}

const emptyRoot = pureHashOf(emptyBlock);

export const emptyTree: StateTree = new MerkleTree(null);

/** The tree of a root, read block by block as it is used. */
export function openTree(blocks: BlockReader, root: Hash): StateTree {
  if (bytesEqual(root, emptyRoot)) return emptyTree;
  return new MerkleTree({ children: null, hash: root, blocks });
}

function written(root: TreeNode | null, [key, value]: StateWrite, edit: Edit): TreeNode | null {
  assert(key.length > 0 && key.length <= longestKey, `a key has 1 to ${longestKey} bytes`);
  if (value === undefined) return root === null ? null : (deleteValue(root, 0, { key, edit }) ?? null);
  const kept: NodeValue =
    value.length > largestInlineValue ? { bytes: value, hash: null, blocks: null } : value;
  return root === null ? createLeaf(key, kept) : setValue(root, 0, { key, value: kept, edit });
}
