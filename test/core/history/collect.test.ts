import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { finish } from '../../../core/base/steps';
import type { Storage } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import { type Address } from '../../../core/environment/address';
import { type Branch, openBranch } from '../../../core/history/branch';
import { deleteBranch, listBranches } from '../../../core/history/branches';
import { checkStore } from '../../../core/history/check';
import { createPastIndex } from '../../../core/history/past-index';
import { findReceipts } from '../../../core/history/query';
import { createSignal } from '../../../core/kernel/control-signals';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { collectUnreached } from '../../../core/studio/services/collect';
import { keepSourceMap } from '../../../core/studio/services/code-book';
import { create, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder, notes } from '../../fixtures/contracts';
import { watToWasm } from '../../fixtures/wat';

const at = (text: string) => text as Address;

function open(storage: Storage, name: string): Branch {
  const branch = openBranch(partsOn(storage), name);
  if (branch === undefined) throw new Error(`there is a branch ${name}`);
  return branch;
}

function forkOf(branch: Branch, storage: Storage, name: string, place: number): Branch {
  const forked = branch.fork({ name, at: place, changes: [] });
  if (!forked.ok) throw new Error(forked.error.message);
  return open(storage, name);
}

function expectWhole(storage: Storage): void {
  for (const { damages } of finish(checkStore(storage)).branches) expect(damages).toEqual([]);
  for (const { name } of listBranches(storage)) {
    const branch = open(storage, name);
    for (let index = 0; index < branch.length; index++) {
      const rerun = branch.rerun(index, null);
      expect(rerun.ok ? rerun.value.receipt : rerun.error).toEqual(branch.receipt(index));
    }
  }
}

const put = (branch: Branch, n: number, value: number) => signal(branch, '/notes', 'put', [n % 10, value]);

function collect(storage: Storage) {
  const collected = finish(collectUnreached(storage, []));
  if (!collected.ok) throw new Error(collected.error.message);
  return collected.value;
}

function onDisk(act: (storage: Storage, reopen: () => Storage) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'collect-'));
  const openStorage = () => {
    const opened = openLmdbStorage(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  let storage = openStorage();
  act(storage, () => {
    storage.close();
    storage = openStorage();
    return storage;
  });
  storage.close();
  rmSync(folder, { recursive: true });
}

/** A world with forks that are gone again, by random numbers. */
function grow(storage: Storage, forks: readonly (readonly [number, boolean])[]): Branch {
  const main = newBranch({ storage });
  create(main, '/notes', notes);
  for (let n = 0; n < 12; n++) put(main, n, n);
  forks.forEach(([place, isKept], ordinal) => {
    const name = `fork-${ordinal}`;
    const fork = forkOf(main, storage, name, place % (main.length + 1));
    if (fork.length > 0) for (let n = 0; n < 5; n++) put(fork, n, 1000 * ordinal + place + n);
    fork.dispose();
    if (!isKept) deleteBranch(storage, name);
  });
  return main;
}

const forks = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 5 });

describe('collecting what no branch reaches', () => {
  it('leaves all branches whole, and frees all else at once', () => {
    fc.assert(
      fc.property(forks, (forks) => {
        const storage = createMemoryStorage();
        grow(storage, forks);
        const before = listBranches(storage);
        collect(storage);
        expect(listBranches(storage)).toEqual(before);
        expectWhole(storage);
        expect(collect(storage)).toMatchObject({ blocks: 0, bytes: 0 });
        const alone = createMemoryStorage();
        grow(alone, []);
        for (const { name } of before) if (name !== 'main') deleteBranch(storage, name);
        collect(storage);
        expect(finish(storage.collect([], () => [])).blocks).toBe(finish(alone.collect([], () => [])).blocks);
      }),
      { numRuns: 10 },
    );
  });

  it('may be left at any step on disk, and the store is opened as if nothing had been', () => {
    fc.assert(
      fc.property(forks, fc.nat({ max: 200 }), (forks, stop) => {
        onDisk((storage, reopen) => {
          grow(storage, forks).dispose();
          const steps = collectUnreached(storage, []);
          for (let step = 0; step < stop; step++) if (steps.next().done === true) break;
          steps.return(undefined as never);
          const again = reopen();
          expectWhole(again);
          const main = open(again, 'main');
          put(main, 1, 77);
          collect(again);
          expectWhole(reopen());
        });
      }),
      { numRuns: 10 },
    );
  });

  it('goes on beside a world that runs, is forked and given code', () => {
    onDisk((storage, reopen) => {
      const garbage: (readonly [number, boolean])[] = [4, 7, 9].map((place) => [place, false]);
      const main = grow(storage, garbage);
      // Code that nobody needs when it begins, and that is asked for again while it goes on.
      const late = watToWasm('(module (func (export "late")))');
      main.addCode(late);
      const steps = collectUnreached(storage, []);
      for (let step = 0; ; step++) {
        if (step === 3)
          main.signal(createSignal(at('/late'), { code: main.addCode(late), codeName: null }, null));
        if (step % 5 === 0) put(main, step, 4000 + 7 + (step % 3));
        if (step === 20) put(forkOf(main, storage, 'meanwhile', 6), 1, 1);
        if (steps.next().done === true) break;
      }
      expect(listBranches(storage)).toHaveLength(2);
      const again = reopen();
      expectWhole(again);
      expect(open(again, 'main').world().kernel(at('/late'))?.code).not.toBeNull();
    });
  });

  it('takes the index and source maps of what is gone along, and keeps what waits in memory', () => {
    const storage = createMemoryStorage();
    const main = grow(storage, []);
    const fork = forkOf(main, storage, 'gone', 12);
    const code = fork.addCode(adder);
    keepSourceMap(storage, code, '{}');
    create(fork, '/sum', adder);
    forkOf(fork, storage, 'also', fork.length);
    const filter = { wrote: { kernel: at('/notes'), key: textToBytes('note/1'), match: 'key' } } as const;
    const also = open(storage, 'also');
    put(also, 1, 1);
    const query = { filter, order: 'newest', from: null, count: 1000, effort: Infinity } as const;
    finish(findReceipts(createPastIndex(also, storage, true), { branch: also, blocks: storage }, query));
    expect([...storage.entries('index/', 'index0')]).not.toEqual([]);
    deleteBranch(storage, 'gone');
    deleteBranch(storage, 'also');
    main.signal({ to: at('/x'), method: 'kernel:create', args: encodeValue([]), replyTo: null, gas: null });
    const waiting = main.addCode(watToWasm('(module (func (export "waits")))'));
    const { args } = createSignal(at('/y'), { code: waiting, codeName: null }, null);
    finish(
      collectUnreached(storage, [
        { id: 0, from: null, to: at('/y'), method: '', args, replyTo: null, gas: null },
      ]),
    );
    expect(main.code(waiting)).toBeDefined();
    expect(main.code(code)).toBeUndefined();
    expect([...storage.entries('source-map/', 'source-map0')]).toEqual([]);
    expect([...storage.entries('index/', 'index0')].map(([key]) => key)).not.toContainEqual(
      expect.stringMatching(/~[12]\//),
    );
  });

  it('refuses when a branch is not whole', () => {
    const storage = createMemoryStorage();
    const main = grow(storage, []);
    const world = main.root();
    finish(storage.collect([], () => []));
    expect(storage.block(world)).toBeUndefined();
    const refused = finish(collectUnreached(storage, []));
    expect(refused).toMatchObject({ ok: false, error: { code: 'damaged-world' } });
  });
});
