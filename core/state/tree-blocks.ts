/** The blocks that a tree is made of: for whoever takes it elsewhere, or checks that it is all there. */
import { bytesEqual } from '../base/bytes';
import { type Codec, type Hash, codec } from '../base/hash';
import { type BlockReader, MissingBlock } from '../base/storage';
import type { Parent } from './decode';
import { emptyBlock } from './format';
import { loadNode, loadValue } from './load';
import type { NodeValue, TreeNode, UnloadedNode } from './node';
import { emptyTree } from './tree';

export interface TreeBlock {
  readonly hash: Hash;
  readonly codec: Codec;
  readonly bytes: Uint8Array;
  /** The values of entries that stand in it. */
  readonly values: readonly Uint8Array[];
}

/**
 * Each block after one that links to it. `isNew` is asked of each link once; what it refuses is left out with all below it.
 * Throws a `MissingBlock` for a link to what isn't there, or is no node; with `onBad` it tells of it and goes on.
 */
export function* treeBlocks(
  blocks: BlockReader,
  root: Hash,
  isNew: (hash: Hash) => boolean,
  onBad?: (error: MissingBlock) => void,
): Generator<TreeBlock, void, undefined> {
  if (bytesEqual(root, emptyRoot)) {
    if (isNew(root)) yield { hash: root, codec: codec.dagCbor, bytes: emptyBlock, values: [] };
    return;
  }
  const ahead: Link[] = [{ node: { children: null, hash: root, blocks }, parent: null }];
  for (let link = ahead.pop(); link !== undefined; link = ahead.pop()) {
    const { hash } = link.node;
    if (!isNew(hash)) continue;
    const { node: unloaded, parent } = link;
    const node = orBad(() => loadNode(unloaded, parent), onBad);
    if (node === undefined) continue;
    const values: Uint8Array[] = [];
    const large: LinkedValue[] = [];
    collect(node, { ahead, values, large });
    if (node.block !== null) yield { hash, codec: codec.dagCbor, bytes: node.block, values };
    for (const value of large) {
      if (!isNew(value.hash)) continue;
      const bytes = orBad(() => loadValue(value), onBad);
      if (bytes === undefined) continue;
      yield { hash: value.hash, codec: codec.raw, bytes, values: [bytes] };
    }
  }
}

/** `undefined` for what was told of. */
export function orBad<T>(read: () => T, onBad: ((error: MissingBlock) => void) | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MissingBlock) || onBad === undefined) throw error;
    onBad(error);
    return undefined;
  }
}

const emptyRoot = emptyTree.hash(() => undefined);

interface Link {
  readonly node: UnloadedNode;
  readonly parent: Parent | null;
}

type LinkedValue = Extract<NodeValue, { readonly bytes: null }>;

/** What a block that was read just now holds and links to, its inline nodes included. */
function collect(
  node: TreeNode,
  into: { readonly ahead: Link[]; readonly values: Uint8Array[]; readonly large: LinkedValue[] },
): void {
  const { key, depth, bitmap, value, children } = node;
  if (value instanceof Uint8Array) into.values.push(value);
  else if (value !== undefined && value.bytes === null) into.large.push(value);
  let index = 0;
  for (let nibble = 0; bitmap >> nibble !== 0; nibble++) {
    const child = (bitmap & (1 << nibble)) === 0 ? undefined : children[index++];
    if (child === undefined) continue;
    if (child.children === null) into.ahead.push({ node: child, parent: { key, depth, nibble } });
    else collect(child, into);
  }
}
