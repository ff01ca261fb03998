/** Writing: what comes back shares all nodes that are not on the way to the key. May throw a `MissingBlock`. */
import { bytesEqual } from '../base/bytes';
import { assert } from '../base/result';
import { loadChild } from './load';
import { type NodeValue, type TreeNode, childIndex, createLeaf, createNode } from './node';
import { nibbleAt, sharedNibbles } from './nibbles';

/** The node itself when it holds that value already. The first `start` nibbles of the key lead to the node. */
export function setValue(node: TreeNode, start: number, key: Uint8Array, value: NodeValue): TreeNode {
  const length = key.length << 1;
  const shared = sharedNibbles(node.key, key, { from: start, limit: Math.min(node.depth, length) });
  if (shared < node.depth) return splitNode(node, shared, key, value);
  if (length === node.depth) return sameValue(node.value, value) ? node : withValue(node, key, value);
  const nibble = nibbleAt(key, node.depth);
  const child = loadChild(node, nibble);
  if (child === undefined) return withChild(node, nibble, createLeaf(key, value));
  const changed = setValue(child, node.depth + 1, key, value);
  return changed === child ? node : withChild(node, nibble, changed);
}

/** The node itself when the key isn't there, `undefined` when nothing is left. */
export function deleteValue(node: TreeNode, start: number, key: Uint8Array): TreeNode | undefined {
  const length = key.length << 1;
  if (length < node.depth) return node;
  const shared = sharedNibbles(node.key, key, { from: start, limit: node.depth });
  if (shared < node.depth) return node;
  if (length === node.depth) return node.value === undefined ? node : withoutValue(node);
  const nibble = nibbleAt(key, node.depth);
  const child = loadChild(node, nibble);
  if (child === undefined) return node;
  const changed = deleteValue(child, node.depth + 1, key);
  if (changed === child) return node;
  return changed === undefined ? withoutChild(node, nibble) : withChild(node, nibble, changed);
}

/** A branch after the first `depth` nibbles, where the key parts from those of the node. */
function splitNode(node: TreeNode, depth: number, key: Uint8Array, value: NodeValue): TreeNode {
  const lower = createNode(node);
  const lowerNibble = nibbleAt(node.key, depth);
  const bitmap = 1 << lowerNibble;
  if (depth === key.length << 1) return createNode({ key, depth, value, bitmap, children: [lower] });
  const branch = createNode({ key, depth, value: undefined, bitmap, children: [lower] });
  return withChild(branch, nibbleAt(key, depth), createLeaf(key, value));
}

function withChild(node: TreeNode, nibble: number, child: TreeNode): TreeNode {
  const { key, depth, value, bitmap } = node;
  const index = childIndex(bitmap, nibble);
  const children =
    (bitmap & (1 << nibble)) === 0
      ? node.children.toSpliced(index, 0, child)
      : node.children.with(index, child);
  return createNode({ key, depth, value, bitmap: bitmap | (1 << nibble), children }, node);
}

function withValue(node: TreeNode, key: Uint8Array, value: NodeValue): TreeNode {
  const { depth, bitmap, children } = node;
  return createNode({ key, depth, value, bitmap, children }, node);
}

function withoutValue(node: TreeNode): TreeNode | undefined {
  const { key, depth, bitmap, children } = node;
  if (bitmap === 0) return undefined;
  return joined(createNode({ key, depth, value: undefined, bitmap, children }, node));
}

function withoutChild(node: TreeNode, nibble: number): TreeNode | undefined {
  const { key, depth, value } = node;
  const children = node.children.toSpliced(childIndex(node.bitmap, nibble), 1);
  return joined(createNode({ key, depth, value, bitmap: node.bitmap & ~(1 << nibble), children }, node));
}

/** A node that only leads to a single child gives way to it. */
function joined(node: TreeNode): TreeNode {
  if (node.value !== undefined || node.children.length > 1) return node;
  const only = loadChild(node, 31 - Math.clz32(node.bitmap));
  assert(only !== undefined, 'a node without a value has children');
  return createNode(only);
}

/** Large values are told apart by identity: comparing them could mean reading a block. */
const sameValue = (left: NodeValue | undefined, right: NodeValue): boolean =>
  left === right || (left instanceof Uint8Array && right instanceof Uint8Array && bytesEqual(left, right));
