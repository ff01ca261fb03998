/** Blocks packed together: the layout is in {@link ./format.ts}. */
import type { Hash } from '../base/hash';
import type { Batch } from '../base/storage';

/** Where a block is. */
export interface Location {
  readonly hash: Hash;
  readonly pack: number;
  readonly offset: number;
  readonly length: number;
}

export interface Pack {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly locations: readonly Location[];
}

const hashSize = 32;
const headSize = 4;
const itemSize = hashSize + 4;
/** A pack is read as a whole to get at one block, so it is kept to a few pages. */
const fullPack = 16 * 1024;

/** Packs of about {@link fullPack} bytes; a larger block gets one of its own. */
export function packBlocks(blocks: Batch['blocks'], firstNumber: number): readonly Pack[] {
  const packs: Pack[] = [];
  let from = 0;
  let size = headSize;
  blocks.forEach(([, block], index) => {
    const added = itemSize + block.length;
    if (index > from && size + added > fullPack) {
      packs.push(createPack(blocks.slice(from, index), firstNumber + packs.length, size));
      from = index;
      size = headSize;
    }
    size += added;
  });
  if (from < blocks.length) packs.push(createPack(blocks.slice(from), firstNumber + packs.length, size));
  return packs;
}

/** The locations of all blocks in a pack; `undefined` when it isn't one. */
export function readLocations(bytes: Uint8Array, number: number): readonly Location[] | undefined {
  if (bytes.length < headSize) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0);
  let offset = headSize + count * itemSize;
  if (offset > bytes.length) return undefined;
  const locations: Location[] = [];
  for (let index = 0; index < count; index++) {
    const at = headSize + index * itemSize;
    const length = view.getUint32(at + hashSize);
    const hash = new Uint8Array(bytes.subarray(at, at + hashSize)) as Hash;
    locations.push({ hash, pack: number, offset, length });
    offset += length;
  }
  return offset === bytes.length ? locations : undefined;
}

export function encodeLocation({ pack, offset, length }: Location): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, pack);
  view.setUint32(4, offset);
  view.setUint32(8, length);
  return bytes;
}

export function decodeLocation(hash: Hash, bytes: Uint8Array): Location {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { hash, pack: view.getUint32(0), offset: view.getUint32(4), length: view.getUint32(8) };
}

function createPack(blocks: Batch['blocks'], number: number, size: number): Pack {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, blocks.length);
  let offset = headSize + blocks.length * itemSize;
  const locations = blocks.map(([hash, block], index) => {
    const at = headSize + index * itemSize;
    bytes.set(hash, at);
    view.setUint32(at + hashSize, block.length);
    bytes.set(block, offset);
    const location: Location = { hash, pack: number, offset, length: block.length };
    offset += block.length;
    return location;
  });
  return { number, bytes, locations };
}
