/** A storage on disk that survives `kill -9` at any moment. Its layout is in {@link ./format.ts}. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type RootDatabase, open } from 'lmdb';
import { bytesEqual, bytesToText, textToBytes } from '../base/bytes';
import type { Hash } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import { MissingBlock, type Storage, StorageError, type StorageFault } from '../base/storage';
import { createHashSet, sweepPacks } from './lmdb-collect';
import { dataFile, formatVersion } from './format';
import { findDamage } from './lmdb-file';
import { nativeHashOf } from './native-hash';
import { type Location, decodeLocation, encodeLocation, packBlocks, readLocations } from './packs';
import { type RecentBlocks, createRecentBlocks } from './recent-blocks';
import { damagedFault, errorToStorageFault, newerFormatFault, removedFault } from './storage-fault';

/**
 * Opens the storage of a world in its folder, which is made when it isn't there. One process at a time may have it
 * open; others may read what is committed, with `readOnly`, of a world that is there. Its `block` throws a `MissingBlock`
 * for a block that is there with other bytes than it was written with.
 */
export function openLmdbStorage(
  folder: string,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Result<Storage, StorageFault> {
  let environment: RootDatabase | undefined;
  try {
    if (!readOnly) mkdirSync(folder, { recursive: true });
    const damage = findDamage(join(folder, dataFile), !readOnly);
    if (damage !== undefined) return err(damagedFault(folder, damage));
    // Without overlapping, a transaction that has returned is on disk.
    environment = open({ path: folder, noSubdir: false, overlappingSync: false, maxDbs: 4, readOnly });
    return ok(createLmdbStorage(folder, environment));
  } catch (error) {
    void environment?.close();
    return err(errorToStorageFault(folder, error));
  }
}

export interface Databases {
  readonly about: Database<number, string>;
  readonly packs: Database<Uint8Array, number>;
  readonly blocks: Database<Uint8Array, Uint8Array>;
  readonly entries: Database<Uint8Array, Uint8Array>;
}

/** Throws a `StorageError`, or whatever LMDB throws. */
function createLmdbStorage(folder: string, environment: RootDatabase): Storage {
  const databases = openDatabases(folder, environment);
  const { about, packs, blocks, entries } = databases;
  let recent = readRecentBlocks({ about, packs });
  /** While it is found out what is needed: what was read since then. */
  let read: ReturnType<typeof createHashSet> | null = null;
  // Those at the end may have been collected since they were indexed.
  let nextPack = Math.max(firstFreePack(packs), about.get('indexed') ?? 0);

  function locate(hash: Hash): Location | undefined {
    const known = recent.find(hash);
    if (known !== undefined) return known;
    const indexed = blocks.get(hash);
    return indexed && decodeLocation(hash, indexed);
  }

  function readBlock(hash: Hash): Uint8Array | undefined {
    read?.add(hash);
    const location = locate(hash);
    if (location === undefined) return undefined;
    const { pack, offset, length } = location;
    // The pack stands in a buffer that the next read uses again, so only the block is copied.
    return new Uint8Array(packs.getBinaryFast(pack)?.subarray(offset, offset + length) ?? []);
  }

  function transaction(act: () => void): void {
    // A file that was removed takes transactions as before, and nobody can open it again.
    if (!existsSync(join(folder, dataFile))) throw new StorageError(removedFault(folder));
    try {
      environment.transactionSync(act);
    } catch (error) {
      throw new StorageError(errorToStorageFault(folder, error));
    }
  }

  function indexAll(): void {
    const locations = recent.all();
    transaction(() => {
      for (const location of locations) blocks.putSync(location.hash, encodeLocation(location));
      about.putSync('indexed', nextPack);
    });
    recent = createRecentBlocks();
  }

  return {
    hashOf: nativeHashOf,
    block(hash) {
      let block: Uint8Array | undefined;
      try {
        block = readBlock(hash);
      } catch (cause) {
        throw new MissingBlock(hash, 'damaged', { cause });
      }
      if (block !== undefined && !bytesEqual(nativeHashOf(block), hash))
        throw new MissingBlock(hash, 'damaged');
      return block;
    },
    entry(key) {
      const value = entries.get(textToBytes(key));
      return value === undefined ? undefined : new Uint8Array(value);
    },
    *entries(from, to) {
      for (const { key, value } of entries.getRange({ start: textToBytes(from), end: textToBytes(to) })) {
        yield [bytesToText(key), new Uint8Array(value)];
      }
    },
    write(batch) {
      const newBlocks = batch.blocks.filter(([hash]) => recent.find(hash) === undefined);
      const newPacks = packBlocks(newBlocks, nextPack);
      const step = recent.nextStep(newBlocks.length);
      transaction(() => {
        for (const { number, bytes } of newPacks) packs.putSync(number, bytes);
        for (const location of step.locations) blocks.putSync(location.hash, encodeLocation(location));
        if (step.indexedPacks !== undefined) about.putSync('indexed', step.indexedPacks);
        for (const [key, value] of batch.entries) {
          if (value === undefined) entries.removeSync(textToBytes(key));
          else entries.putSync(textToBytes(key), value);
        }
      });
      recent.finishStep(step);
      for (const { locations } of newPacks) recent.add(locations);
      nextPack += newPacks.length;
    },
    *collect(live, deadEntries) {
      assert(read === null, 'blocks are collected one at a time');
      indexAll();
      const end = nextPack;
      const kept = createHashSet();
      read = kept;
      try {
        for (const hash of live) {
          kept.add(hash);
          yield;
        }
        const isLive = (hash: Hash): boolean => kept.has(hash) || (locate(hash)?.pack ?? -1) >= end;
        const keys = [...deadEntries(isLive)];
        transaction(() => {
          for (const key of keys) entries.removeSync(textToBytes(key));
        });
        return yield* sweepPacks({
          databases,
          end,
          isLive,
          locate,
          takeNumbers: (count) => (nextPack += count) - count,
          transaction,
        });
      } finally {
        read = null;
      }
    },
    size: () => ({
      whole: statSync(join(folder, dataFile)).size,
      used: Object.values(databases).reduce((sum, database) => sum + bytesIn(database), 0),
    }),
    close() {
      void environment.close();
    },
  };
}

/** In pages of one of the databases. */
function bytesIn(database: Pick<Database, 'getStats'>): number {
  const stats = database.getStats() as Partial<Record<string, number>>;
  const { pageSize = 0, treeBranchPageCount = 0, treeLeafPageCount = 0, overflowPages = 0 } = stats;
  return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
}

function openDatabases(folder: string, environment: RootDatabase): Databases {
  const about = environment.openDB<number, string>('about', { encoding: 'json' });
  const version = about.get('version');
  if (version !== undefined && version > formatVersion) {
    throw new StorageError(newerFormatFault(folder, version, formatVersion));
  }
  if (version === undefined) about.putSync('version', formatVersion);
  return {
    about,
    packs: environment.openDB('packs', { keyEncoding: 'uint32', encoding: 'binary' }),
    blocks: environment.openDB('blocks', { keyEncoding: 'binary', encoding: 'binary' }),
    entries: environment.openDB('entries', { keyEncoding: 'binary', encoding: 'binary' }),
  };
}

function readRecentBlocks({ about, packs }: Pick<Databases, 'about' | 'packs'>): RecentBlocks {
  const recent = createRecentBlocks();
  for (const { key, value } of packs.getRange({ start: about.get('indexed') ?? 0 })) {
    // Blocks of a pack that can't be read are missing, which is said when one is needed; the others are as they were.
    recent.add(readLocations(value, key) ?? []);
  }
  return recent;
}

function firstFreePack(packs: Databases['packs']): number {
  for (const last of packs.getKeys({ reverse: true, limit: 1 })) return last + 1;
  return 0;
}
