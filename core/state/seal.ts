/** Hashing: gives sizes to nodes and hashes to those that are blocks, each after those it links to. */
import type { Hash, HashFunction } from '../base/hash';
import { childSize, headerSize, writeBlock } from './encode';
import { largestInlineNode } from './format';
import { type LargeValue, type TreeNode, childIndex } from './node';

export interface Sealing {
  readonly emit: (hash: Hash, block: Uint8Array) => void;
  readonly hashOf: HashFunction;
}

/** Hangs at `start`, which is 0 for a root. A node with a size is sealed already, and so is all below it. */
export function sealNode(node: TreeNode, start: number, sealing: Sealing): void {
  if (node.size > 0) return;
  if (node.value !== undefined && !(node.value instanceof Uint8Array)) sealValue(node.value, sealing);
  const { base, changed } = node;
  let size = headerSize(node, start) + (base === null ? 0 : base.size - headerSize(base, start));
  for (let nibble = 0; changed >> nibble !== 0; nibble++) {
    const bit = 1 << nibble;
    if ((changed & bit) === 0) continue;
    const before =
      base !== null && (base.bitmap & bit) !== 0 ? base.children[childIndex(base.bitmap, nibble)] : undefined;
    if (before !== undefined) size -= childSize(before);
    const child = (node.bitmap & bit) !== 0 ? node.children[childIndex(node.bitmap, nibble)] : undefined;
    if (child === undefined) continue;
    if (child.children !== null) sealNode(child, node.depth + 1, sealing);
    size += childSize(child);
  }
  if (size > largestInlineNode || start === 0) {
    const block = new Uint8Array(size);
    writeBlock(block, node, start, changed);
    node.hash = emitBlock(block, sealing);
    node.block = block;
  }
  node.size = size;
  node.base = null;
  node.changed = 0;
}

function sealValue(value: LargeValue, sealing: Sealing): void {
  if (value.blocks === null) value.hash ??= emitBlock(value.bytes, sealing);
}

function emitBlock(block: Uint8Array, { emit, hashOf }: Sealing): Hash {
  const hash = hashOf(block);
  emit(hash, block);
  return hash;
}
