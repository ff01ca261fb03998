import { describe, expect, it } from 'vitest';
import { create } from '../../fixtures/branch';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

function bank(): string {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/bank', null, { name: 'Bank of Alice', fee: 3 });
    create(branch, '/bank/alice', null, { balance: 10, 'limits/day': [10, 20] });
    create(branch, '/bank/bob', null, { balance: 3 });
  });
  return folder;
}

describe('kernelscope search', () => {
  it('prints each entry with its place, and how many it looked at', async () => {
    const { code, out } = await call('search', bank(), '10', '--as', 'number');
    expect(code).toBe(0);
    expect(out).toBe('/bank/alice:balance: 10\n/bank/alice:limits/day: [10, 20]\n2 found in 5 entries\n');
  });

  it('writes the same as JSON', async () => {
    expect(await callForJson('search', bank(), 'Alice')).toEqual({
      kernelscope: 1,
      kernel: '/',
      at: 3,
      matches: [{ kernel: '/bank', key: 'name', value: 'Bank of Alice', inKey: false, inValue: true }],
      looked: 5,
    });
  });

  it('looks where it is told, in what was then', async () => {
    const folder = bank();
    const found = async (...args: readonly string[]): Promise<number> => {
      const { out } = await call('search', folder, ...args);
      return Number(/(\d+) found/.exec(out)?.[1]);
    };
    expect(await found('balance')).toBe(2);
    expect(await found('balance', '--in', 'values')).toBe(0);
    expect(await found('balance', '--below', '/bank/bob')).toBe(1);
    expect(await found('balance', '--at', '2')).toBe(1);
    expect(await found('balance', '--count', '1')).toBe(1);
    expect(await found('0x64617981', '--as', 'hex')).toBe(0);
    expect(await found('2F6461', '--as', 'hex')).toBe(1);
  });

  it.each([
    [['x1', '--as', 'hex'], 'two hexadecimal digits'],
    [['ten', '--as', 'number'], 'ten is no number'],
    [[''], 'nothing to search for'],
    [['a', '--below', '/bnk'], 'did you mean /bank?'],
  ])('refuses %j', async ([term = '', ...options], words) => {
    const { code, err } = await call('search', bank(), term, ...options);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
  });
});
