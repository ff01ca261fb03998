/** A storage on disk that survives `kill -9` at any moment. Its layout is in {@link ./format.ts}. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, type RootDatabase, open } from 'lmdb';
import { bytesEqual, bytesToText, textToBytes } from '../base/bytes';
import type { Hash } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import { MissingBlock, type Storage, StorageError, type StorageFault } from '../base/storage';
import { dataFile, formatVersion } from './format';
import { findDamage } from './lmdb-file';
import { nativeHashOf } from './native-hash';
import { decodeLocation, encodeLocation, packBlocks, readLocations } from './packs';
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

interface Databases {
  readonly about: Database<number, string>;
  readonly packs: Database<Uint8Array, number>;
  readonly blocks: Database<Uint8Array, Uint8Array>;
  readonly entries: Database<Uint8Array, Uint8Array>;
}

/** Throws a `StorageError`, or whatever LMDB throws. */
function createLmdbStorage(folder: string, environment: RootDatabase): Storage {
  const { about, packs, blocks, entries } = openDatabases(folder, environment);
  const recent = readRecentBlocks(folder, { about, packs });
  let nextPack = firstFreePack(packs);

  function read(hash: Hash): Uint8Array | undefined {
    const indexed = recent.find(hash) ?? blocks.get(hash);
    if (indexed === undefined) return undefined;
    const { pack, offset, length } = indexed instanceof Uint8Array ? decodeLocation(hash, indexed) : indexed;
    // The pack stands in a buffer that the next read uses again, so only the block is copied.
    return new Uint8Array(packs.getBinaryFast(pack)?.subarray(offset, offset + length) ?? []);
  }

  return {
    hashOf: nativeHashOf,
    block(hash) {
      let block: Uint8Array | undefined;
      try {
        block = read(hash);
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
      // A file that was removed takes transactions as before, and nobody can open it again.
      if (!existsSync(join(folder, dataFile))) throw new StorageError(removedFault(folder));
      try {
        environment.transactionSync(() => {
          for (const { number, bytes } of newPacks) packs.putSync(number, bytes);
          for (const location of step.locations) blocks.putSync(location.hash, encodeLocation(location));
          if (step.indexedPacks !== undefined) about.putSync('indexed', step.indexedPacks);
          for (const [key, value] of batch.entries) {
            if (value === undefined) entries.removeSync(textToBytes(key));
            else entries.putSync(textToBytes(key), value);
          }
        });
      } catch (error) {
        throw new StorageError(errorToStorageFault(folder, error));
      }
      recent.finishStep(step);
      for (const { locations } of newPacks) recent.add(locations);
      nextPack += newPacks.length;
    },
    close() {
      void environment.close();
    },
  };
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

function readRecentBlocks(
  folder: string,
  { about, packs }: Pick<Databases, 'about' | 'packs'>,
): RecentBlocks {
  const recent = createRecentBlocks();
  for (const { key, value } of packs.getRange({ start: about.get('indexed') ?? 0 })) {
    const locations = readLocations(value, key);
    if (locations === undefined) throw new StorageError(damagedFault(folder, `pack ${key} can't be read`));
    recent.add(locations);
  }
  return recent;
}

function firstFreePack(packs: Databases['packs']): number {
  for (const last of packs.getKeys({ reverse: true, limit: 1 })) return last + 1;
  return 0;
}
