/** From nodes to blocks: {@link ./format.ts} written out by hand, since every message hashes a tree. */
import type { Hash } from '../base/hash';
import { assert } from '../base/result';
import {
  cborBytes,
  cborList,
  cborNull,
  cborUint,
  hashSize,
  linkSize,
  nodeLinkHead,
  rawLinkHead,
} from './format';
import type { TreeNode, UnloadedNode } from './node';
import { nibbleAt } from './nibbles';

/** The bytes of a node before its first child, when it hangs at `start`. */
export function headerSize({ depth, value, bitmap }: TreeNode, start: number): number {
  const path = pathSize(depth - start);
  let size = 1 + headSize(path) + path;
  if (value === undefined) size += 1;
  else size += value instanceof Uint8Array ? headSize(value.length) + value.length : linkSize;
  return bitmap === 0 ? size : size + headSize(bitmap);
}

/** The bytes of a sealed child, in its place or as a link. */
export const childSize = (child: TreeNode | UnloadedNode): number =>
  child.children === null || child.hash !== null ? linkSize : child.size;

/**
 * Writes a node that hangs at `start` over a block of the right size. The children in `changed` are sealed; all others
 * are copied as they stand in the block of the node's base.
 */
export function writeBlock(block: Uint8Array, node: TreeNode, start: number, changed: number): void {
  let at = writeHeader(block, 0, node, start);
  const { base } = node;
  const source = base?.block ?? block;
  let read = base === null ? 0 : headerSize(base, start);
  let copied = read;
  let index = 0;
  for (let nibble = 0; changed >> nibble !== 0; nibble++) {
    const bit = 1 << nibble;
    const wasThere = base !== null && (base.bitmap & bit) !== 0;
    const end = wasThere ? itemEnd(source, read) : read;
    const child = (node.bitmap & bit) === 0 ? undefined : node.children[index++];
    if ((changed & bit) !== 0) {
      at = writeBytes(block, at, source, { from: copied, to: read });
      if (child !== undefined) at = writeChild(block, at, child, node.depth + 1);
      copied = end;
    }
    read = end;
  }
  if (base !== null) writeBytes(block, at, source, { from: copied, to: source.length });
}

// Each of these writes at `at` and returns where it left off.

function writeHeader(block: Uint8Array, at: number, node: TreeNode, start: number): number {
  const { value, bitmap, children } = node;
  block[at++] = cborList | (bitmap === 0 ? 2 : 3 + children.length);
  at = writePath(block, at, node, start);
  if (value === undefined) {
    block[at++] = cborNull;
  } else if (value instanceof Uint8Array) {
    at = writeHead(block, at, cborBytes, value.length);
    at = writeBytes(block, at, value, { from: 0, to: value.length });
  } else {
    at = writeLink(block, at, rawLinkHead, value.hash);
  }
  return bitmap === 0 ? at : writeHead(block, at, cborUint, bitmap);
}

function writeChild(block: Uint8Array, at: number, child: TreeNode | UnloadedNode, start: number): number {
  if (child.children === null || child.hash !== null) return writeLink(block, at, nodeLinkHead, child.hash);
  at = writeHeader(block, at, child, start);
  for (const below of child.children) at = writeChild(block, at, below, child.depth + 1);
  return at;
}

function writePath(block: Uint8Array, at: number, { key, depth }: TreeNode, start: number): number {
  const count = depth - start;
  at = writeHead(block, at, cborBytes, pathSize(count));
  block[at++] = (count & 1) === 0 ? 0 : 0x10 | nibbleAt(key, start);
  let from = start + (count & 1);
  if ((from & 1) === 0) return writeBytes(block, at, key, { from: from >> 1, to: depth >> 1 });
  for (; from < depth; from += 2) block[at++] = (nibbleAt(key, from) << 4) | nibbleAt(key, from + 1);
  return at;
}

function writeLink(block: Uint8Array, at: number, head: readonly number[], hash: Hash | null): number {
  assert(hash !== null, 'what a block links to is hashed before the block');
  for (let index = 0; index < head.length; index++) block[at++] = head[index] ?? 0;
  return writeBytes(block, at, hash, { from: 0, to: hashSize });
}

function writeHead(block: Uint8Array, at: number, kind: number, value: number): number {
  if (value < 24) {
    block[at++] = kind | value;
  } else if (value < 0x100) {
    block[at++] = kind | 24;
    block[at++] = value;
  } else {
    block[at++] = kind | 25;
    block[at++] = value >> 8;
    block[at++] = value & 0xff;
  }
  return at;
}

function writeBytes(
  block: Uint8Array,
  at: number,
  bytes: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  // A call of the engine's own copier only pays for more than a few bytes.
  if (to - from > 64) {
    block.set(bytes.subarray(from, to), at);
    return at + to - from;
  }
  for (let index = from; index < to; index++) block[at++] = bytes[index] ?? 0;
  return at;
}

const headSize = (value: number): number => (value < 24 ? 1 : value < 0x100 ? 2 : 3);

/** One byte that tells an odd count from an even one, and two nibbles in each of the others. */
const pathSize = (nibbles: number): number => 1 + (nibbles >> 1);

/** Where a node, link, null, number or byte string of a block ends. */
function itemEnd(block: Uint8Array, at: number): number {
  const first = block[at] ?? 0;
  if (first === nodeLinkHead[0]) return at + linkSize;
  if (first === cborNull) return at + 1;
  const kind = first & 0xe0;
  const low = first & 31;
  let end = at + 1 + (low < 24 ? 0 : low - 23);
  if (kind === cborBytes) {
    end +=
      low < 24 ? low : low === 24 ? (block[at + 1] ?? 0) : ((block[at + 1] ?? 0) << 8) | (block[at + 2] ?? 0);
  } else if (kind === cborList) {
    for (let item = 0; item < low; item++) end = itemEnd(block, end);
  }
  return end;
}
