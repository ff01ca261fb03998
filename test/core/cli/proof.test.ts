import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { create } from '../../fixtures/branch';
import { temporaryFolder } from '../host/temporary';
import { call, callForJson, storeWorld } from './stored-world';

/** A workspace with a stored world, and a file with a proof of one of its keys. */
async function bankAndProof() {
  const folder = temporaryFolder();
  storeWorld(folder, (branch) => {
    create(branch, '/bank', null, { fee: 3 });
    create(branch, '/bank/alice', null, { balance: 10 });
  });
  const file = join(folder, 'proof.json');
  const { out } = await call('proof', folder, '/bank/alice:balance', '--json');
  writeFileSync(file, out);
  return { folder, file };
}

describe('kernelscope proof and verify', () => {
  it('prove what a key holds, and check it without the world', async () => {
    const { folder, file } = await bankAndProof();
    const { code, out } = await call('proof', folder, '/bank/alice:balance');
    expect(code).toBe(0);
    expect(out).toMatch(/^\/bank\/alice:balance: 10\nproven for the root bafy\w+ by 2 blocks, \d+ bytes\n$/);
    expect(await call('verify', file)).toEqual({ code: 0, out, err: '' });
    expect(await callForJson('verify', file)).toMatchObject({ holds: 'value', value: 10 });
    const [, root = ''] = /root (\w+)/.exec(out) ?? [];
    expect(await call('verify', file, '--root', root)).toMatchObject({ code: 0 });
  });

  it('prove that something is not there', async () => {
    const { folder } = await bankAndProof();
    expect((await call('proof', folder, '/bank/alice:limit')).out).toContain(': no such key');
    expect((await call('proof', folder, '/bank/carol:balance')).out).toContain(': no such kernel');
    expect((await call('proof', folder, '/bank/alice:balance', '--at', '1')).out).toContain('no such kernel');
    expect(await callForJson('proof', folder, '/bank/carol:balance')).toMatchObject({ holds: 'no-kernel' });
  });

  it('refuse what proves nothing', async () => {
    const { folder, file } = await bankAndProof();
    const proof = readFileSync(file, 'utf8');
    const refusal = async (text: string, ...options: readonly string[]): Promise<string> => {
      writeFileSync(file, text);
      const { code, out, err } = await call('verify', file, ...options);
      expect([code, out]).toEqual([1, '']);
      return err;
    };
    expect(await refusal(proof.replace('/bank/alice', '/bank/alcie'))).toContain('proof');
    expect(await refusal(proof.replace(/"bytes":"g/g, '"bytes":"h'))).toContain('is missing');
    expect(await refusal(proof, '--root', 'bafyreic')).toContain('is a proof for the root bafy');
    expect(await refusal('{}')).toContain('is no proof');
    expect(await refusal('no')).toContain('is no proof');
    expect(await call('verify', join(folder, 'none'))).toMatchObject({ code: 1 });
    expect(await call('proof', folder, '/bank')).toMatchObject({
      code: 1,
      err: expect.stringContaining('write /bank:KEY'),
    });
  });
});
