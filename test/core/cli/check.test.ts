import { join } from 'node:path';
import { open } from 'lmdb';
import { expect, it } from 'vitest';
import { encodeValue } from '../../../core/base/value';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { create, signal } from '../../fixtures/branch';
import { adder } from '../../fixtures/contracts';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

function sums(): string {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/sum', adder);
    for (const value of [1, 10, 100]) signal(branch, '/sum', 'add', [value]);
  });
  return folder;
}

it('frees what a deleted branch had for itself, and says how much', async () => {
  const folder = sums();
  await call('branch', 'fork', folder, 'what-if', '--at', '2', '--args', '[20]', '--repeat');
  expect(await callForJson('collect', folder)).toMatchObject({ blocks: 0, bytes: 0 });
  await call('branch', 'delete', folder, 'what-if');
  const { out, code } = await call('collect', folder);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^freed [1-9]\d* blocks, [\d,]+ bytes\nin use: [\d,]+ bytes before, [\d,]+ now\non disk: /,
  );
  expect((await call('check', folder)).out).toBe('main, 4 receipts: whole\n');
});

it('says that a world is newer than the program, and leaves it as it is', async () => {
  const folder = sums();
  const storage = openLmdbStorage(join(folder, '.kernelscope/world'));
  if (!storage.ok) throw new Error(storage.error.message);
  const newer = encodeValue([9, 'whatever comes']);
  storage.value.write({ blocks: [], entries: [['branch/main', newer]] });
  storage.value.close();
  for (const args of [
    ['history', folder],
    ['state', folder, '/sum'],
    ['branch', 'fork', folder, 'x'],
    ['collect', folder],
  ]) {
    const { code, err } = await call(...args);
    expect(code).toBe(1);
    expect(err).toContain('a branch of version 9; this program reads up to 2');
    expect(err).toContain('open it with the program that wrote it');
  }
});

it('tells of damage by block, and what is not damaged can be read', async () => {
  const folder = sums();
  await call('branch', 'fork', folder, 'earlier', '--at', '2', '--no-run');
  const environment = open({ path: join(folder, '.kernelscope/world'), noSubdir: false, maxDbs: 4 });
  const packs = environment.openDB<Uint8Array, number>('packs', {
    keyEncoding: 'uint32',
    encoding: 'binary',
  });
  const last = [...packs.getKeys({ reverse: true, limit: 2 })].at(-1) ?? 0;
  packs.removeSync(last);
  await environment.close();
  expect(await callForJson('check', folder)).toMatchObject({
    branches: [
      { name: 'earlier', damages: [] },
      { name: 'main', damages: [{ block: expect.stringMatching(/^baf/), problem: 'missing' }] },
    ],
  });
  const told = await call('check', folder);
  expect(told.code).toBe(1);
  expect(told.out).toMatch(/the commit of receipts 3 to 3: block bafyrei\w+ missing/);
  const refused = await call('history', folder);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(
    /the block bafyrei\w+ is missing: the commit that holds receipt 3\n.*kernelscope check/,
  );
  expect((await call('history', folder, '--branch', 'earlier')).code).toBe(0);
  expect((await call('branch', 'switch', folder, 'earlier')).code).toBe(0);
  expect((await call('state', folder, '/sum:sum')).code).toBe(0);
});
