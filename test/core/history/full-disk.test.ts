import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashToText } from '../../../core/base/hash';
import { finish } from '../../../core/base/steps';
import { type Storage, StorageError } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { type Branch, openBranch } from '../../../core/history/branch';
import { checkStore } from '../../../core/history/check';
import { createPastIndex } from '../../../core/history/past-index';
import { findReceipts } from '../../../core/history/query';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { create, newBranch, partsOn } from '../../fixtures/branch';
import { notes } from '../../fixtures/contracts';

/** A disk of one's own, which only root can have. */
let folder = '';
let isMounted = false;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-'));
  isMounted = tryToMount('size=3m');
});
afterEach(() => {
  if (isMounted) execFileSync('umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true, force: true });
});

function tryToMount(options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function open(readOnly = false): Storage {
  const opened = openLmdbStorage(join(folder, 'world'), { readOnly });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function openMain(storage: Storage): Branch {
  const branch = openBranch(partsOn(storage), 'main');
  if (branch === undefined) throw new Error('there is a branch main');
  return branch;
}

const put = (branch: Branch, n: number) =>
  branch.signal({
    to: '/notes' as Address,
    method: 'put',
    args: encodeValue([n % 10, n]),
    replyTo: null,
    gas: null,
  });

function putMany(branch: Branch, count: number): void {
  for (let n = 0; n < count; n++) put(branch, n);
  while (branch.run(200) > 0);
}

it('says that the disk is full, loses nothing it told of, and goes on when there is room', (context) => {
  context.skip(!isMounted, 'only root can mount a small disk');
  const storage = open();
  const branch = newBranch({ storage });
  create(branch, '/notes', notes);
  let told = '';
  branch.onCommit.on(({ length }) => (told = `${length} ${hashToText(branch.root())}`));
  putMany(branch, 500);
  const ballast = join(folder, 'ballast');
  try {
    for (let part = 0; ; part++) writeFileSync(`${ballast}-${part}`, new Uint8Array(16_384));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
  let failure: unknown = null;
  for (let round = 0; round < 200 && failure === null; round++) {
    try {
      putMany(branch, 500);
    } catch (error) {
      failure = error;
    }
  }
  expect(failure).toBeInstanceOf(StorageError);
  expect(failure).toMatchObject({
    fault: { code: 'disk-full', remedy: expect.stringContaining('Make room') },
  });
  const before = openMain(storage);
  expect(`${before.length} ${hashToText(before.root())}`).toBe(told);
  // Questions are answered from what can't be kept.
  const filter = { to: '/notes' as Address };
  const query = { filter, order: 'oldest', from: null, count: 1, effort: Infinity } as const;
  const found = finish(
    findReceipts(createPastIndex(before, storage, true), { branch: before, blocks: storage }, query),
  );
  expect(found).toMatchObject({ ok: true, value: { receipts: [{ index: 0 }] } });

  rmSync(`${ballast}-0`);
  for (let part = 1; part < 60; part++) rmSync(`${ballast}-${part}`, { force: true });
  putMany(before, 100);
  storage.close();
  const again = open();
  expect(openMain(again).length).toBe(before.length);
  expect(finish(checkStore(again)).branches).toMatchObject([{ damages: [] }]);
  again.close();
});

it('reads a store on a disk that is read-only, and says so when it is to be written', (context) => {
  context.skip(!isMounted, 'only root can mount a small disk');
  const storage = open();
  const branch = newBranch({ storage });
  create(branch, '/notes', notes);
  putMany(branch, 10);
  storage.close();
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  const refused = openLmdbStorage(join(folder, 'world'));
  expect(refused.ok ? null : refused.error).toMatchObject({ code: 'read-only' });
  const read = open(true);
  expect(openMain(read).length).toBe(11);
  read.close();
});
