/** From blocks to nodes. Bytes that don't follow {@link ./format.ts} give `undefined`, whatever they are. */
import type { Hash } from '../base/hash';
import type { BlockReader } from '../base/storage';
import {
  cborBytes,
  cborList,
  cborNull,
  cborUint,
  hashSize,
  linkSize,
  longestKey,
  nodeLinkHead,
  rawLinkHead,
} from './format';
import { type NodeValue, type TreeNode, type UnloadedNode, childIndex, createNode } from './node';
import { nibbleAt } from './nibbles';

/** Where a node hangs: below the first `depth` nibbles of `key` and the nibble that chose it. */
export interface Parent {
  readonly key: Uint8Array;
  readonly depth: number;
  readonly nibble: number;
}

/** `parent` is `null` for a root. What the node links to will be read from `blocks`. */
export function decodeNode(
  block: Uint8Array,
  parent: Parent | null,
  blocks: BlockReader,
): TreeNode | undefined {
  const reader: Reader = { block, at: 0, blocks };
  const node = readNode(reader, parent);
  return reader.at === block.length ? node : undefined;
}

interface Reader {
  readonly block: Uint8Array;
  readonly blocks: BlockReader;
  at: number;
}

// Each of these reads at `reader.at` and moves it on, or returns `undefined` when something else stands there.

function readNode(reader: Reader, parent: Parent | null): TreeNode | undefined {
  const from = reader.at;
  const items = readHead(reader, cborList);
  const path = readBytes(reader);
  const value = readValue(reader);
  if (items === undefined || path === undefined || !isPath(path) || value === undefined) {
    return undefined;
  }
  const depth = (parent === null ? 0 : parent.depth + 1) + pathLength(path);
  const endsKey = value !== null;
  if (depth > longestKey << 1 || (endsKey && (depth === 0 || (depth & 1) === 1))) return undefined;
  const node = { key: keyOf(parent, path, depth), depth, value: value ?? undefined };
  if (items === 2)
    return endsKey ? sized(createNode({ ...node, bitmap: 0, children: [] }), reader.at - from) : undefined;
  const bitmap = readHead(reader, cborUint) ?? 0;
  const count = childIndex(bitmap, 16);
  if (bitmap > 0xffff || items !== 3 + count || count < (endsKey ? 1 : 2)) return undefined;
  const children: (TreeNode | UnloadedNode)[] = [];
  for (let nibble = 0; nibble < 16; nibble++) {
    if ((bitmap & (1 << nibble)) === 0) continue;
    const child = readChild(reader, { key: node.key, depth, nibble });
    if (child === undefined) return undefined;
    children.push(child);
  }
  return sized(createNode({ ...node, bitmap, children }), reader.at - from);
}

function sized(node: TreeNode, size: number): TreeNode {
  node.size = size;
  return node;
}

function readChild(reader: Reader, parent: Parent): TreeNode | UnloadedNode | undefined {
  if (reader.block[reader.at] !== nodeLinkHead[0]) return readNode(reader, parent);
  const hash = readLink(reader, nodeLinkHead);
  return hash === undefined ? undefined : { children: null, hash, blocks: reader.blocks };
}

function readValue(reader: Reader): NodeValue | null | undefined {
  const first = reader.block[reader.at];
  if (first === cborNull) {
    reader.at += 1;
    return null;
  }
  if (first !== rawLinkHead[0]) return readBytes(reader);
  const hash = readLink(reader, rawLinkHead);
  return hash === undefined ? undefined : { bytes: null, hash, blocks: reader.blocks };
}

function readLink(reader: Reader, head: readonly number[]): Hash | undefined {
  const { block, at } = reader;
  if (at + linkSize > block.length || head.some((byte, index) => block[at + index] !== byte))
    return undefined;
  reader.at += linkSize;
  return block.slice(at + linkSize - hashSize, at + linkSize) as Hash;
}

function readBytes(reader: Reader): Uint8Array | undefined {
  const length = readHead(reader, cborBytes);
  if (length === undefined || reader.at + length > reader.block.length) return undefined;
  reader.at += length;
  return reader.block.slice(reader.at - length, reader.at);
}

function readHead(reader: Reader, kind: number): number | undefined {
  const { block } = reader;
  const first = block[reader.at++] ?? cborNull;
  const low = first & 31;
  if ((first & ~31) !== kind || low > 25) return undefined;
  if (low < 24) return low;
  const byte = block[reader.at++] ?? 0;
  if (low === 24) return byte < 24 ? undefined : byte;
  return byte === 0 ? undefined : (byte << 8) | (block[reader.at++] ?? 0);
}

const isPath = (bytes: Uint8Array): boolean => bytes[0] === 0 || (bytes[0] ?? 0) >> 4 === 1;

const pathLength = (path: Uint8Array): number => ((path.length - 1) << 1) + ((path[0] ?? 0) >> 4);

/** The bytes of all `depth` nibbles from the root to where the path ends. */
function keyOf(parent: Parent | null, path: Uint8Array, depth: number): Uint8Array {
  const key = new Uint8Array((depth + 1) >> 1);
  let at = 0;
  const push = (nibble: number): void => {
    key[at >> 1] = (at & 1) === 0 ? nibble << 4 : (key[at >> 1] ?? 0) | nibble;
    at++;
  };
  if (parent !== null) {
    key.set(parent.key.subarray(0, (parent.depth + 1) >> 1));
    at = parent.depth;
    if ((at & 1) === 1) key[at >> 1] = (key[at >> 1] ?? 0) & 0xf0;
    push(parent.nibble);
  }
  if ((path[0] ?? 0) !== 0) push((path[0] ?? 0) & 15);
  if ((at & 1) === 0) key.set(path.subarray(1), at >> 1);
  else for (let index = 2; index < path.length << 1; index++) push(nibbleAt(path, index));
  return key;
}
