import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../core/host/lock';
import { create, signal } from '../../fixtures/branch';
import { adder, oracle } from '../../fixtures/contracts';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

/** `/sum` adds up 1, 10 and 100: receipts 1, 2 and 3. */
function sums(): string {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/sum', adder);
    for (const value of [1, 10, 100]) signal(branch, '/sum', 'add', [value]);
    create(branch, '/oracle', oracle);
  });
  writeFileSync(join(folder, 'contracts/oracle.wasm'), oracle);
  return folder;
}

const first = (text: string) => text.split('\n')[0];

describe('kernelscope branch', () => {
  it('forks with another call, sends the later signals again, and compares', async () => {
    const folder = sums();
    const forked = await call('branch', 'fork', folder, 'what-if', '--at', '2', '--args', '[20]', '--repeat');
    expect(forked.err).toBe('');
    expect(first(forked.out)).toMatch(
      /^what-if: 5 receipts, the first 2 shared with main, world bafyrei\w+$/,
    );
    const { out } = await call('branch', 'compare', folder, 'main', 'what-if');
    const lines = out.split('\n').map((line) => line.replace(/ gas.*| \d+ gas/, ''));
    expect(lines.at(-2)).toBe('main: 5 receipts; what-if: 5 receipts; the first 2 are shared');
    expect(await callForJson('branch', 'compare', folder, 'main', 'what-if')).toMatchObject({
      shared: 2,
      rows: [
        {
          left: { index: 2, args: [10], reply: 11 },
          right: { index: 2, args: [20], reply: 21 },
          differences: ['call', 'outcome', 'state'],
        },
        { left: { index: 3 }, right: { index: 3 }, differences: ['outcome', 'state'] },
      ],
    });
    const all = await callForJson('branch', 'compare', folder, 'main', 'what-if', '--all');
    expect(all).toMatchObject({ rows: { length: 3, 2: { differences: [] } } });
    const differs = await call('diff', `${folder}@main`, `${folder}@what-if`);
    expect(differs.out).toContain('~ /sum');
    const then = await call('diff', `${folder}@main:2`, `${folder}@what-if:2`);
    expect(then.out).toBe('kernels: 0 added, 0 removed, 0 changed\n');
  });

  it('forks with another state, other code, and answers', async () => {
    const folder = sums();
    const changed = await callForJson(
      'branch',
      'fork',
      folder,
      'changed',
      '--at',
      '2',
      '--write',
      '/sum:sum=0x3200000000000000',
      '--bind',
      '/sum=contracts/oracle.wasm',
      '--answer',
      '/sum:kernel.time=77',
      '--fail',
      '/sum:kernel.random#1=no luck',
      '--call',
      'draw',
      '--args',
      '[]',
    );
    expect(changed).toMatchObject({ at: 2, of: 'main', length: 5, pending: 0 });
    const { out } = await call('history', folder, '--branch', 'changed', '--from', '2');
    expect(out).toContain('kernel:write');
    expect(out).toContain('draw');
    expect(await callForJson('state', folder, '/sum:sum', '--branch', 'changed')).toMatchObject({
      entries: [{ key: 'sum' }],
      contract: 'contracts/oracle.wasm',
    });
  });

  it('leaves on its way what is on its way when it is told to', async () => {
    const forked = await callForJson(
      'branch',
      'fork',
      sums(),
      'still',
      '--at',
      '1',
      '--again',
      '--delete',
      '/sum:sum',
      '--no-run',
    );
    expect(forked).toMatchObject({ length: 1, pending: 2 });
  });

  it('lists, renames, switches and deletes', async () => {
    const folder = sums();
    await call('branch', 'fork', folder, 'one', '--at', '3');
    await call('branch', 'rename', folder, 'one', 'two');
    await call('branch', 'switch', folder, 'two');
    expect((await call('branch', 'list', folder)).out).toBe(
      '  main: 5 receipts\n* two: 3 receipts, the first 3 shared with main\n',
    );
    expect((await call('history', folder)).out).toContain('3 receipts, world');
    expect(await callForJson('branch', 'delete', folder, 'two')).toEqual({
      kernelscope: 1,
      chosen: 'main',
      branches: [{ name: 'main', length: 5, fork: null }],
    });
  });

  it('says what can not be done', async () => {
    const folder = sums();
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, err } = await call('branch', ...args);
      expect(code).toBe(1);
      return err;
    };
    expect(await refused('fork', folder, 'main')).toContain('there is a branch main already');
    expect(await refused('fork', folder, 'x', '--write', '/sum=1')).toContain('names no key');
    expect(await refused('fork', folder, 'x', '--answer', '/sum:kernel.tim=1')).toContain('kernel.time');
    expect(await refused('fork', folder, 'x', '--again')).toContain('there is no receipt 5');
    expect(await refused('fork', folder, 'x', '--of', 'y')).toContain('branches: main');
    expect(await refused('switch', folder, 'y')).toContain('there is no branch y');
    expect(await refused('list', join(folder, 'nothing'))).toContain('there is no folder');
    const lock = await acquireLock(join(folder, '.kernelscope/lock'));
    expect(await refused('delete', folder, 'main')).toContain('is open already');
    if (lock.ok) lock.value.release();
    expect(await refused('delete', join(folder, '.kernelscope/world'), 'main')).toContain('only be read');
  });
});
