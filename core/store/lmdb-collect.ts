/** Taking blocks out of a store on disk: pack by pack, each step as a whole or not at all. */
import type { Hash } from '../base/hash';
import { hashToKey } from '../base/hash';
import type { Swept } from '../base/storage';
import type { Databases } from './lmdb-storage';
import { type Location, decodeLocation, encodeLocation, packBlocks, readLocations } from './packs';

export interface SweepParts {
  readonly databases: Databases;
  /** Packs from this one on are left alone: they came after it was known what is needed. */
  readonly end: number;
  readonly isLive: (hash: Hash) => boolean;
  /** Where a block is now. */
  readonly locate: (hash: Hash) => Location | undefined;
  /** Numbers for so many new packs. */
  readonly takeNumbers: (count: number) => number;
  /** Runs as one transaction. Throws a `StorageError`. */
  readonly transaction: (act: () => void) => void;
}

/** In steps of a few packs. What is left of a pack goes into new ones, so no block is ever without a place. */
export function* sweepPacks(parts: SweepParts): Generator<void, Swept, undefined> {
  const { databases, end, transaction } = parts;
  let blocks = 0;
  let bytes = 0;
  for (let first = 0; first < end; first += packsInStep) {
    const range = { start: first, end: Math.min(end, first + packsInStep) };
    const step = Array.from(databases.packs.getRange(range), ({ key, value }) => sortPack(parts, key, value));
    const changed = step.filter(({ dead }) => dead.length > 0);
    if (changed.length > 0) {
      const moved = changed.flatMap(({ kept }) => kept);
      const sizes = packBlocks(moved, 0).length;
      const newPacks = packBlocks(moved, parts.takeNumbers(sizes));
      transaction(() => {
        for (const { number, dead } of changed) {
          databases.packs.removeSync(number);
          for (const { hash } of dead) removePointer(databases, hash, number);
        }
        for (const pack of newPacks) {
          databases.packs.putSync(pack.number, pack.bytes);
          for (const location of pack.locations)
            databases.blocks.putSync(location.hash, encodeLocation(location));
        }
      });
      const dead = changed.flatMap((pack) => pack.dead);
      blocks += dead.length;
      bytes += dead.reduce((sum, { length }) => sum + length, 0);
    }
    yield;
  }
  return { blocks, bytes };
}

const packsInStep = 32;

interface SortedPack {
  readonly number: number;
  readonly dead: readonly Location[];
  readonly kept: readonly (readonly [Hash, Uint8Array])[];
}

/** A pack that can't be read is left as it is, for whoever looks for damage. */
function sortPack({ isLive, locate }: SweepParts, number: number, bytes: Uint8Array): SortedPack {
  const dead: Location[] = [];
  const kept: (readonly [Hash, Uint8Array])[] = [];
  for (const location of readLocations(bytes, number) ?? []) {
    const { hash, offset, length } = location;
    const current = locate(hash);
    const isHere = current?.pack === number && current.offset === offset;
    if (isHere && isLive(hash)) kept.push([hash, bytes.slice(offset, offset + length)]);
    else dead.push(location);
  }
  return { number, dead, kept };
}

/** Where the index says that a block is in a pack that goes, it is forgotten. */
function removePointer({ blocks }: Databases, hash: Hash, pack: number): void {
  const indexed = blocks.get(hash);
  if (indexed !== undefined && decodeLocation(hash, indexed).pack === pack) blocks.removeSync(hash);
}

/** Hashes as they are collected. */
export function createHashSet() {
  const keys = new Set<string>();
  return {
    add: (hash: Hash) => void keys.add(hashToKey(hash)),
    has: (hash: Hash) => keys.has(hashToKey(hash)),
  };
}
