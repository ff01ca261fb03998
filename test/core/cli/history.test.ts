import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../core/host/lock';
import { create, signal } from '../../fixtures/branch';
import { adder, notes } from '../../fixtures/contracts';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

function stored(): string {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/sum', adder);
    create(branch, '/notes', notes);
    for (const value of [1, 10]) signal(branch, '/sum', 'add', [value]);
    signal(branch, '/notes', 'put', [1, 5]);
    signal(branch, '/sum', 'addAndTrap', [3]);
    signal(branch, '/notes', 'take', [1]);
    signal(branch, '/nobody', 'add', [1]);
  });
  writeFileSync(join(folder, 'kernelscope.yaml'), 'kernelscope: 1\nkernels: {}\n');
  return folder;
}

describe('kernelscope history', () => {
  it('lists what holds to all that is asked', async () => {
    const folder = stored();
    const found = async (...asked: readonly string[]) => {
      const document = await callForJson('history', folder, ...asked);
      return (document as { receipts: { index: number }[] }).receipts.map(({ index }) => index);
    };
    expect(await found()).toHaveLength(8);
    expect(await found('--to', '/sum')).toEqual([0, 2, 3, 5]);
    expect(await found('--to', '/sum', '--outcome', 'ok', '--method', 'add', '--newest')).toEqual([3, 2]);
    expect(await found('--sender', 'outside', '--outcome', 'rejected')).toEqual([7]);
    expect(await found('--sender', '/sum')).toEqual([]);
    expect(await found('--wrote', '/notes:note')).toEqual([4, 6]);
    expect(await found('--wrote', '/:x', '--below')).toEqual([]);
    expect(await found('--wrote', '/', '--below', '--from', '3', '--count', '2')).toEqual([3, 4]);
    expect(await found('--read', '/sum:su*')).toEqual([2, 3]);
    expect(await found('--touched', '/notes:note/1', '--newest', '--count', '1')).toEqual([6]);
    expect(await found('--uses', 'kernel.state_delete')).toEqual([6]);
  });

  it('lists the values of a key over time, also of a world that is open elsewhere', async () => {
    const folder = stored();
    const lock = await acquireLock(join(folder, '.kernelscope/lock'));
    const { out } = await call('history', folder, '--value', '/sum:sum');
    expect(out).toContain('nothing -> 0x0100000000000000');
    expect(out).toContain('0x0100000000000000 -> 0x0b00000000000000');
    expect(out).toContain('2 found in 8 receipts');
    if (lock.ok) lock.value.release();
    expect(await callForJson('history', folder, '--value', '/sum:sum', '--count', '1')).toMatchObject({
      receipts: [{ index: 2, value: { after: { '/': {} } } }],
      next: 3,
    });
  });

  it('says what it can not read', async () => {
    const folder = stored();
    const refused = async (...asked: readonly string[]) => (await call('history', folder, ...asked)).err;
    expect(await refused('--to', 'sum')).toContain('is not an address');
    expect(await refused('--uses', 'kernel.tim')).toContain('kernel.time');
    expect(await refused('--value', '/sum')).toContain('names no key');
    expect(await refused('--branch', 'other')).toContain('branches: main');
  });
});
