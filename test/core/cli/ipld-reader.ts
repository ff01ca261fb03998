/**
 * Reads worlds out of exported files as anybody would who only knows docs/state.md: with the public packages of IPLD and
 * nothing of ours.
 */
import { readFileSync } from 'node:fs';
import { CarReader } from '@ipld/car';
import * as dagCbor from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';

export interface CarFile {
  readonly root: CID;
  /** The bytes that a link names, checked against it. */
  bytes(link: CID): Uint8Array;
  /** The dag-cbor value that a link names. */
  node(link: CID): unknown;
}

export async function readCar(file: string): Promise<CarFile> {
  const reader = await CarReader.fromBytes(new Uint8Array(readFileSync(file)));
  const [root] = await reader.getRoots();
  if (root === undefined) throw new Error('no root');
  const blocks = new Map<string, Uint8Array>();
  for await (const { cid, bytes } of reader.blocks()) {
    const digest = await sha256.digest(bytes);
    if (!CID.createV1(cid.code, digest).equals(cid)) throw new Error(`${cid} is not its block`);
    blocks.set(cid.toString(), bytes);
  }
  const bytes = (link: CID): Uint8Array => {
    const found = blocks.get(link.toString());
    if (found === undefined) throw new Error(`no block ${link}`);
    return found;
  };
  return { root, bytes, node: (link) => dagCbor.decode(bytes(link)) };
}

/** All entries of the state tree with this root, keys in hexadecimal. */
export function entriesOf(car: CarFile, root: CID): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  const visit = (node: readonly unknown[], above: string): void => {
    if (node.length === 0) return;
    const [path, value, bitmap = 0, ...children] = node as [Uint8Array, unknown, number?, ...unknown[]];
    const key =
      above +
      Buffer.from(path)
        .toString('hex')
        .slice(path[0] === 0 ? 2 : 1);
    if (value !== null) entries.set(key, value instanceof Uint8Array ? value : car.bytes(value as CID));
    const nibbles = '0123456789abcdef'.split('').filter((_, nibble) => (bitmap >> nibble) % 2 === 1);
    for (const [index, nibble] of nibbles.entries()) {
      const child = children[index];
      const below = CID.asCID(child);
      visit((below === null ? child : car.node(below)) as unknown[], key + nibble);
    }
  };
  visit(car.node(root) as unknown[], '');
  return entries;
}

export const hexOf = (text: string): string => Buffer.from(text).toString('hex');
