/** How large trees are, and how much of them is stored once for several. */
import { hashToKey } from '../base/hash';
import { assert } from '../base/result';
import type { Parent } from './decode';
import { loadNode, loadValue } from './load';
import type { NodeValue, TreeNode, UnloadedNode } from './node';
import type { StateTree } from './tree';

/** Whatever stands at several places counts at each of them. */
export interface TreeSize {
  readonly entries: number;
  readonly nodes: number;
  /** Nodes without children. */
  readonly leaves: number;
  /** Nodes on the longest way from the root to a leaf, both included. */
  readonly depth: number;
  readonly blocks: number;
  /** Of all blocks. */
  readonly bytes: number;
}

/** The sizes of what blocks that were met stand for, with all below them. */
export type KnownBlocks = Map<string, TreeSize>;

export interface TreeStatistics extends TreeSize {
  /** Those of the blocks that were not known before. */
  readonly fresh: Pick<TreeSize, 'blocks' | 'bytes'>;
}

/**
 * Measures a tree that has been hashed, and adds its blocks to the known ones, which are not read again: so trees that
 * share much are measured in the time of what they don't. Each step reads one block. May throw a `MissingBlock`.
 */
export function* measureTree(
  { root }: StateTree,
  known: KnownBlocks,
): Generator<void, TreeStatistics, undefined> {
  const fresh = { blocks: 0, bytes: 0 };
  const size = root === null ? emptySize : yield* measure(root, null);
  return { ...size, fresh };

  function* measure(
    node: TreeNode | UnloadedNode,
    parent: Parent | null,
  ): Generator<void, TreeSize, undefined> {
    const name = node.hash === null ? null : hashToKey(node.hash);
    const met = name === null ? undefined : known.get(name);
    if (met !== undefined) return met;
    const { key, depth, value, bitmap, children, block } = loadNode(node, parent);
    let size = { ...emptySize, nodes: 1, leaves: children.length === 0 ? 1 : 0 };
    if (value !== undefined) size = sum({ ...size, entries: 1 }, measureValue(value));
    let below = 0;
    let index = 0;
    for (let nibble = 0; bitmap >> nibble !== 0; nibble++) {
      const child = (bitmap & (1 << nibble)) === 0 ? undefined : children[index++];
      if (child === undefined) continue;
      const childSize = yield* measure(child, { key, depth, nibble });
      below = Math.max(below, childSize.depth);
      size = sum(size, childSize);
    }
    size.depth = below + 1;
    if (name === null) return size;
    assert(block !== null, 'a node with a hash has a block');
    size = sum(size, { ...emptySize, blocks: 1, bytes: block.length });
    count(name, size, block.length);
    yield;
    return size;
  }

  function measureValue(value: NodeValue): TreeSize {
    if (value instanceof Uint8Array) return emptySize;
    assert(value.hash !== null, 'what is measured has been hashed');
    const name = hashToKey(value.hash);
    const met = known.get(name);
    if (met !== undefined) return met;
    const bytes = loadValue(value).length;
    const size = { ...emptySize, blocks: 1, bytes };
    count(name, size, bytes);
    return size;
  }

  function count(name: string, size: TreeSize, bytes: number): void {
    known.set(name, size);
    fresh.blocks += 1;
    fresh.bytes += bytes;
  }
}

export const emptySize: TreeSize = { entries: 0, nodes: 0, leaves: 0, depth: 0, blocks: 0, bytes: 0 };

/** Of trees that stand side by side. */
export const sum = (left: TreeSize, right: TreeSize) => ({
  entries: left.entries + right.entries,
  nodes: left.nodes + right.nodes,
  leaves: left.leaves + right.leaves,
  depth: Math.max(left.depth, right.depth),
  blocks: left.blocks + right.blocks,
  bytes: left.bytes + right.bytes,
});
