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
import type { TreeNode } from './node';
import { nibbleAt } from './nibbles';

/** The bytes a node takes when it hangs at `start`. Those of its children have to be known. */
export function encodedSize({ depth, value, bitmap, children }: TreeNode, start: number): number {
  const path = pathSize(depth - start);
  let size = 1 + headSize(path) + path;
  if (value === undefined) size += 1;
  else size += value instanceof Uint8Array ? headSize(value.length) + value.length : linkSize;
  if (bitmap === 0) return size;
  size += headSize(bitmap);
  for (const child of children)
    size += child.children === null || child.hash !== null ? linkSize : child.size;
  return size;
}

/** The block, of `size` bytes, of a node that hangs at `start`. What it links to has to have its hash. */
export function encodeNode(node: TreeNode, start: number, size: number): Uint8Array {
  const block = new Uint8Array(size);
  writeNode(block, 0, node, start);
  return block;
}

// Each of these writes at `at` and returns where it left off.

function writeNode(block: Uint8Array, at: number, node: TreeNode, start: number): number {
  const { value, bitmap, children } = node;
  block[at++] = cborList | (bitmap === 0 ? 2 : 3 + children.length);
  at = writePath(block, at, node, start);
  if (value === undefined) block[at++] = cborNull;
  else if (value instanceof Uint8Array) at = writeBytes(block, at, value);
  else at = writeLink(block, at, rawLinkHead, value.hash);
  if (bitmap === 0) return at;
  at = writeHead(block, at, cborUint, bitmap);
  for (const child of children) {
    at =
      child.children === null || child.hash !== null
        ? writeLink(block, at, nodeLinkHead, child.hash)
        : writeNode(block, at, child, node.depth + 1);
  }
  return at;
}

function writePath(block: Uint8Array, at: number, { key, depth }: TreeNode, start: number): number {
  const count = depth - start;
  at = writeHead(block, at, cborBytes, pathSize(count));
  block[at++] = (count & 1) === 0 ? 0 : 0x10 | nibbleAt(key, start);
  let from = start + (count & 1);
  if ((from & 1) === 0) {
    for (let byte = from >> 1; byte < depth >> 1; byte++) block[at++] = key[byte] ?? 0;
  } else {
    for (; from < depth; from += 2) block[at++] = (nibbleAt(key, from) << 4) | nibbleAt(key, from + 1);
  }
  return at;
}

function writeBytes(block: Uint8Array, at: number, bytes: Uint8Array): number {
  at = writeHead(block, at, cborBytes, bytes.length);
  block.set(bytes, at);
  return at + bytes.length;
}

function writeLink(block: Uint8Array, at: number, head: readonly number[], hash: Hash | null): number {
  assert(hash !== null, 'what a block links to is hashed before the block');
  for (const byte of head) block[at++] = byte;
  for (let index = 0; index < hashSize; index++) block[at++] = hash[index] ?? 0;
  return at;
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

const headSize = (value: number): number => (value < 24 ? 1 : value < 0x100 ? 2 : 3);

/** One byte that tells an odd count from an even one, and two nibbles in each of the others. */
const pathSize = (nibbles: number): number => 1 + (nibbles >> 1);
