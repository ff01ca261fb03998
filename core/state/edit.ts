/** Writing: what comes back shares all nodes that are not on the way to the key. May throw a `MissingBlock`. */
import { bytesEqual } from '../base/bytes';
import { assert } from '../base/result';
import { loadChild } from './load';
import { type Edit, type NodeValue, type TreeNode, childIndex, createLeaf, createNode } from './node';
import { nibbleAt, sharedNibbles } from './nibbles';

interface DeleteWrite {
  readonly key: Uint8Array;
  /** Stands for one call of `with`: a node that it made itself it may go on changing, for nobody else has seen it. */
  readonly edit: Edit;
}

interface SetWrite extends DeleteWrite {
  readonly value: NodeValue;
}

/** The node itself when it holds that value already. The first `start` nibbles of the key lead to the node. */
export function setValue(node: TreeNode, start: number, write: SetWrite): TreeNode {
  const { key, value, edit } = write;
  const length = key.length << 1;
  const shared = sharedNibbles(node.key, key, { from: start, limit: Math.min(node.depth, length) });
  if (shared < node.depth) return splitNode(node, shared, write);
  if (length === node.depth) return sameValue(node.value, value) ? node : withValue(node, key, value);
  const nibble = nibbleAt(key, node.depth);
  const child = loadChild(node, nibble);
  if (child === undefined) return withChild(node, nibble, { child: createLeaf(key, value), edit });
  const changed = setValue(child, node.depth + 1, write);
  return changed === child ? node : withChild(node, nibble, { child: changed, edit });
}

/** The node itself when the key isn't there, `undefined` when nothing is left. */
export function deleteValue(node: TreeNode, start: number, write: DeleteWrite): TreeNode | undefined {
  const { key, edit } = write;
  const length = key.length << 1;
  if (length < node.depth) return node;
  const shared = sharedNibbles(node.key, key, { from: start, limit: node.depth });
  if (shared < node.depth) return node;
  if (length === node.depth) return node.value === undefined ? node : withoutValue(node);
  const nibble = nibbleAt(key, node.depth);
  const child = loadChild(node, nibble);
  if (child === undefined) return node;
  const changed = deleteValue(child, node.depth + 1, write);
  if (changed === child) return node;
  return changed === undefined
    ? withoutChild(node, nibble)
    : withChild(node, nibble, { child: changed, edit });
}

/** A branch after the first `depth` nibbles, where the key parts from those of the node. */
function splitNode(node: TreeNode, depth: number, { key, value, edit }: SetWrite): TreeNode {
  const lower = createNode(node);
  const lowerNibble = nibbleAt(node.key, depth);
  const bitmap = 1 << lowerNibble;
  if (depth === key.length << 1) return createNode({ key, depth, value, bitmap, children: [lower] });
  const branch = createNode({ key, depth, value: undefined, bitmap, children: [lower] });
  return withChild(branch, nibbleAt(key, depth), { child: createLeaf(key, value), edit });
}

function withChild(
  node: TreeNode,
  nibble: number,
  { child, edit }: { readonly child: TreeNode; readonly edit: Edit },
): TreeNode {
  const { key, depth, value, bitmap, children } = node;
  const index = childIndex(bitmap, nibble);
  const isThere = (bitmap & (1 << nibble)) !== 0;
  if (node.edit === edit) {
    if (isThere) children[index] = child;
    else children.splice(index, 0, child);
    node.bitmap |= 1 << nibble;
    node.changed |= 1 << nibble;
    return node;
  }
  const changed = isThere ? children.with(index, child) : children.toSpliced(index, 0, child);
  const made = createNode({ key, depth, value, bitmap: bitmap | (1 << nibble), children: changed }, node);
  made.changed |= 1 << nibble;
  made.edit = edit;
  return made;
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
  const bitmap = node.bitmap & ~(1 << nibble);
  const made = createNode({ key, depth, value, bitmap, children }, node);
  made.changed |= 1 << nibble;
  return joined(made);
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
