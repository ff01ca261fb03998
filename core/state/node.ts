/** The tree in memory: immutable nodes that know their whole key, and children that are loaded when first touched. */
import type { Hash } from '../base/hash';
import type { BlockReader } from '../base/storage';

/** All entries whose keys begin with the same `depth` nibbles. */
export interface TreeNode {
  /** Bytes whose first `depth` nibbles are those of the node; with a value no more than those. */
  readonly key: Uint8Array;
  readonly depth: number;
  /** The value of the key that ends here. */
  readonly value: NodeValue | undefined;
  /** Bit n is set when there is a child for nibble n. Never a single child without a value. */
  bitmap: number;
  /** In order of their nibbles. Loading puts a node in the place of an unloaded one; nothing else changes. */
  readonly children: (TreeNode | UnloadedNode)[];
  /** Bytes of the encoding; 0 until it is known. */
  size: number;
  /** Set once the node is a block of its own that has been emitted or read. */
  hash: Hash | null;
  block: Uint8Array | null;
  /** Until then, an earlier node in the same place: what is the same now can be copied out of its block. */
  base: TreeNode | null;
  /** Bit n is set when the child for nibble n isn't that of the base; without one, for all children. */
  changed: number;
  /** Who made the node and its list of children, and may still change them. */
  edit: Edit | null;
}

/** Known by its identity alone. */
export type Edit = object;

export interface UnloadedNode {
  readonly children: null;
  readonly hash: Hash;
  readonly blocks: BlockReader;
}

/** Bytes in a block of their own: written here, and emitted once `hash` is set, or to be read from `blocks`. */
export type LargeValue =
  | { readonly bytes: Uint8Array; hash: Hash | null; readonly blocks: null }
  | { readonly bytes: null; readonly hash: Hash; readonly blocks: BlockReader };

export type NodeValue = Uint8Array | LargeValue;

/**
 * A node that isn't hashed yet. Where it hangs is part of its encoding, so a node that moves is made anew. All are
 * made here, because engines are fastest with objects of one shape.
 */
export function createNode(
  { key, depth, value, bitmap, children }: Pick<TreeNode, 'key' | 'depth' | 'value' | 'bitmap' | 'children'>,
  replaced: TreeNode | null = null,
): TreeNode {
  const isBase = replaced !== null && replaced.block !== null;
  const base = isBase ? replaced : (replaced?.base ?? null);
  const changed = isBase ? 0 : base === null ? bitmap : (replaced?.changed ?? bitmap);
  return { key, depth, value, bitmap, children, size: 0, hash: null, block: null, base, changed, edit: null };
}

export const createLeaf = (key: Uint8Array, value: NodeValue): TreeNode =>
  createNode({ key, depth: key.length << 1, value, bitmap: 0, children: noChildren });

/** Shared by all leaves, as most nodes are leaves. */
const noChildren: TreeNode['children'] = [];

/** Where the child for a nibble is among the children, or would be. */
export function childIndex(bitmap: number, nibble: number): number {
  let bits = bitmap & ((1 << nibble) - 1);
  bits -= (bits >> 1) & 0x5555;
  bits = (bits & 0x3333) + ((bits >> 2) & 0x3333);
  bits = (bits + (bits >> 4)) & 0x0f0f;
  return (bits + (bits >> 8)) & 31;
}
