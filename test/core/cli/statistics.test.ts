import { describe, expect, it } from 'vitest';
import { create } from '../../fixtures/branch';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

function bank(): string {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/bank', null, { fee: 3, terms: 'x'.repeat(2000) });
    create(branch, '/bank/alice', null, { balance: 10 });
    create(branch, '/bank/bob', null, { balance: 10 });
  });
  return folder;
}

describe('kernelscope statistics', () => {
  it('measures a kernel and all below it', async () => {
    const folder = bank();
    const { code, out } = await call('statistics', folder);
    expect(code).toBe(0);
    const rows = out.split('\n').map((row) => row.trim());
    expect(rows[0]).toBe('/ after 3 receipts');
    expect(rows).toContain('kernels 3');
    expect(rows).toContain('entries 4');
    // The two accounts have one state.
    expect(await callForJson('statistics', folder, '/bank')).toMatchObject({
      kernels: 3,
      blocks: 4,
      stored: { blocks: 3 },
      shared: null,
    });
    expect(await callForJson('statistics', folder, '/bank', '--alone')).toMatchObject({ kernels: 1 });
  });

  it('tells what another point of the past has, too', async () => {
    const folder = bank();
    const shared = async (at: string) => {
      const document = await callForJson('statistics', folder, '--shared-with', at);
      return (document as { readonly shared: { readonly blocks: number } }).shared.blocks;
    };
    expect([await shared('0'), await shared('1'), await shared('2'), await shared('3')]).toEqual([
      0, 2, 3, 3,
    ]);
    expect((await call('statistics', folder, '--shared-with', '9')).err).toContain('fewer than 9');
    expect((await call('statistics', folder, '/none')).err).toContain('no kernel /none');
  });
});
