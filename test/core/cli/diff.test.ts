import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { create, signal } from '../../fixtures/branch';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

function bank(bonus: number): string {
  const folder = join(temporaryFolder(), 'bank');
  storeWorld(folder, (branch) => {
    create(branch, '/bank', null, { fee: 3, bonus });
    create(branch, '/bank/alice', null, { balance: 10 });
    signal(branch, '/bank/alice', 'kernel:remove');
    create(branch, '/bank/bob', null, { balance: 3 });
  });
  return folder;
}

describe('kernelscope diff', () => {
  it('prints the kernels and the keys that differ between two points', async () => {
    const folder = bank(1);
    expect((await call('diff', `${folder}@2`, folder)).out).toBe(
      '- /bank/alice no code\n    balance: 10 → nothing\n' +
        '+ /bank/bob no code\n    balance: nothing → 3\n' +
        'kernels: 1 added, 1 removed, 0 changed\n',
    );
    expect((await call('diff', folder, `${folder}@4`)).out).toBe('kernels: 0 added, 0 removed, 0 changed\n');
  });

  it('writes the same as JSON, of two worlds, too', async () => {
    const document = await callForJson('diff', bank(1), bank(2));
    expect(document).toMatchObject({
      before: { at: 4, root: expect.stringMatching(/^bafy/) },
      kernels: [{ kernel: '/bank', change: 'changed', entries: [{ key: 'bonus', before: 1, after: 2 }] }],
    });
  });

  it.each([
    ['@9', 'fewer than 9'],
    ['-none', 'there is no folder'],
  ])('names what is not there: WORLD%s', async (suffix, words) => {
    const folder = bank(1);
    expect(await call('diff', folder, `${folder}${suffix}`)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(words),
    });
  });
});
