/** Hashing: the new blocks below a node, each after those it links to. */
import type { Hash, HashFunction } from '../base/hash';
import { encodeNode, encodedSize } from './encode';
import { largestInlineNode } from './format';
import type { LargeValue, TreeNode } from './node';

export interface Sealing {
  readonly emit: (hash: Hash, block: Uint8Array) => void;
  readonly hashOf: HashFunction;
}

/** The hash of a root. */
export function sealRoot(root: TreeNode, sealing: Sealing): Hash {
  sealNode(root, 0, sealing);
  return (root.hash ??= emitBlock(encodeNode(root, 0, root.size), sealing));
}

/** A node of known size is sealed already, and so is all below it; so the size is set last. */
function sealNode(node: TreeNode, start: number, sealing: Sealing): void {
  if (node.size > 0) return;
  if (node.value !== undefined && !(node.value instanceof Uint8Array)) sealValue(node.value, sealing);
  for (const child of node.children) {
    if (child.children !== null) sealNode(child, node.depth + 1, sealing);
  }
  const size = encodedSize(node, start);
  if (size > largestInlineNode) node.hash = emitBlock(encodeNode(node, start, size), sealing);
  node.size = size;
}

function sealValue(value: LargeValue, sealing: Sealing): void {
  if (value.blocks === null) value.hash ??= emitBlock(value.bytes, sealing);
}

function emitBlock(block: Uint8Array, { emit, hashOf }: Sealing): Hash {
  const hash = hashOf(block);
  emit(hash, block);
  return hash;
}
