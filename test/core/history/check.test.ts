import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open as openLmdb } from 'lmdb';
import { describe, expect, it } from 'vitest';
import { hashToText } from '../../../core/base/hash';
import { finish } from '../../../core/base/steps';
import { MissingBlock, type Storage } from '../../../core/base/storage';
import { openBranch } from '../../../core/history/branch';
import { listBranches } from '../../../core/history/branches';
import { checkStore } from '../../../core/history/check';
import { historyBlocks } from '../../../core/history/reachable';
import { readHeads } from '../../../core/history/lines';
import { DamagedBlock } from '../../../core/history/stored-value';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, newBranch, partsOn, signal } from '../../fixtures/branch';
import { notes } from '../../fixtures/contracts';

/** `main`, and `other`, which leaves it after 8 receipts. */
function grow(storage: Storage): void {
  const main = newBranch({ storage });
  create(main, '/notes', notes);
  for (let n = 0; n < 12; n++) signal(main, '/notes', 'put', [n % 10, n]);
  const forked = main.fork({ name: 'other', at: 8, changes: [] });
  if (!forked.ok) throw new Error(forked.error.message);
  const other = openBranch(partsOn(storage), 'other');
  if (other === undefined) throw new Error('there is a branch other');
  create(other, '/other', notes);
}

/** Whatever is asked of the branches, they answer or throw what says that a block is missing. */
function useAll(storage: Storage): void {
  for (const { name } of listBranches(storage)) {
    try {
      const branch = openBranch(partsOn(storage), name);
      if (branch === undefined) continue;
      for (let index = 0; index < branch.length; index++) branch.rerun(index, null);
      signal(branch, '/notes', 'put', [1, 1]);
    } catch (error) {
      expect([DamagedBlock, MissingBlock]).toContain((error as Error).constructor);
    }
  }
}

const checked = (storage: Storage) => finish(checkStore(storage));

describe('a check for damage', () => {
  it('names each block that is missing, and the branches that need it', () => {
    const whole = createMemoryStorage();
    grow(whole);
    expect(checked(whole).branches.map(({ name, damages }) => [name, damages])).toEqual([
      ['main', []],
      ['other', []],
    ]);
    const heads = new Map(readHeads(whole));
    const needed = new Map(
      ['main', 'other'].map((name) => {
        const head = heads.get(name);
        const blocks = head === undefined ? [] : [...historyBlocks(whole, head.head)];
        return [name, blocks.map(({ hash }) => hash)];
      }),
    );
    // That of an empty tree is known to all and in no store.
    const all = [...needed.values()].flat().filter((hash) => whole.block(hash) !== undefined);
    fc.assert(
      fc.property(fc.nat({ max: all.length - 1 }), (place) => {
        const gone = all[place];
        if (gone === undefined) return;
        const name = hashToText(gone);
        const storage = createMemoryStorage();
        grow(storage);
        finish(
          storage.collect(
            all.filter((hash) => hashToText(hash) !== name),
            () => [],
          ),
        );
        for (const { name: branch, damages } of checked(storage).branches) {
          const needs = (needed.get(branch) ?? []).some((hash) => hashToText(hash) === name);
          expect(damages.some(({ block }) => block?.slice(-50) === name.slice(-50))).toBe(needs);
        }
        useAll(storage);
      }),
      { numRuns: 25 },
    );
  });

  it('finds bytes that were changed, and entries that are gone, and nothing crashes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('packs', 'entries', 'blocks'),
        fc.nat(),
        fc.nat(),
        fc.option(fc.integer({ min: 1, max: 255 }), { nil: null }),
        (database, which, place, change) => {
          const folder = mkdtempSync(join(tmpdir(), 'check-'));
          const first = openLmdbStorage(folder);
          if (!first.ok) throw new Error(first.error.message);
          grow(first.value);
          first.value.close();
          const environment = openLmdb({ path: folder, noSubdir: false, maxDbs: 4 });
          const keyEncoding = database === 'packs' ? 'uint32' : 'binary';
          const values = environment.openDB<Uint8Array, Uint8Array | number>(database, {
            keyEncoding,
            encoding: 'binary',
          });
          const all = Array.from(
            values.getRange({}),
            ({ key, value }) => [key, new Uint8Array(value)] as const,
          );
          const [key, bytes] = all[which % Math.max(1, all.length)] ?? [];
          if (key !== undefined && bytes !== undefined) {
            if (change === null) values.removeSync(key);
            else {
              bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ change;
              values.putSync(key, bytes);
            }
          }
          void environment.close();
          const opened = openLmdbStorage(folder);
          if (!opened.ok) throw new Error(opened.error.message);
          const { branches } = checked(opened.value);
          const isDamaged = branches.length < 2 || branches.some(({ damages }) => damages.length > 0);
          // The count of lines is no part of any branch.
          if (database === 'packs') expect(isDamaged).toBe(true);
          useAll(opened.value);
          opened.value.close();
          rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 20 },
    );
  });
});
