/** What is read from blocks when it is first touched. All of it may throw a `MissingBlock`. */
import { MissingBlock } from '../base/storage';
import { type Parent, decodeNode } from './decode';
import { type NodeValue, type TreeNode, type UnloadedNode, childIndex } from './node';

/** The node itself when it is there already. `parent` is `null` for a root. */
export function loadNode(node: TreeNode | UnloadedNode, parent: Parent | null): TreeNode {
  if (node.children !== null) return node;
  const { hash, blocks } = node;
  const block = blocks.block(hash);
  if (block === undefined) throw new MissingBlock(hash, 'missing');
  const loaded = decodeNode(block, parent, blocks);
  if (loaded === undefined) throw new MissingBlock(hash, 'damaged');
  loaded.hash = hash;
  loaded.block = block;
  return loaded;
}

/** The child for a nibble; loaded once, it stays. */
export function loadChild(node: TreeNode, nibble: number): TreeNode | undefined {
  if ((node.bitmap & (1 << nibble)) === 0) return undefined;
  const index = childIndex(node.bitmap, nibble);
  const child = node.children[index];
  if (child === undefined || child.children !== null) return child;
  const loaded = loadNode(child, { key: node.key, depth: node.depth, nibble });
  node.children[index] = loaded;
  return loaded;
}

export function loadValue(value: NodeValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value.blocks === null) return value.bytes;
  const bytes = value.blocks.block(value.hash);
  if (bytes === undefined) throw new MissingBlock(value.hash, 'missing');
  return bytes;
}
