import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { hashOf } from '../../../core/base/hash';
import { encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { type EntryProof, proveEntry, verifyEntry } from '../../../core/kernel/world-proof';
import { create, newBranch } from '../../fixtures/branch';

const long = 'x'.repeat(3000);

function bank() {
  const branch = newBranch();
  create(branch, '/bank', null, { fee: 3, terms: long });
  for (let index = 0; index < 50; index++) create(branch, `/bank/a${index}`, null, { balance: index });
  create(branch, '/empty', null);
  return branch;
}

const entry = (address: string, key: string) => ({ address: address as Address, key: textToBytes(key) });

describe('a proof from the root of a world', () => {
  it('shows what a kernel holds, or that there is no such key or kernel, and needs nothing else', () => {
    const branch = bank();
    const proven = (address: string, key: string, at?: number) => {
      const proof = proveEntry(branch.world(at), entry(address, key), hashOf);
      if (at === undefined) expect(proof.root).toEqual(branch.root());
      const answer = verifyEntry(structuredClone(proof), hashOf);
      return answer.ok ? answer.value : answer.error.message;
    };
    expect(proven('/bank/a7', 'balance')).toEqual({ holds: 'value', value: encodeValue(7) });
    expect(proven('/bank', 'terms')).toEqual({ holds: 'value', value: encodeValue(long) });
    expect(proven('/bank/a7', 'limit')).toEqual({ holds: 'no-key' });
    expect(proven('/empty', 'a')).toEqual({ holds: 'no-key' });
    expect(proven('/bank/a50', 'balance')).toEqual({ holds: 'no-kernel' });
    expect(proven('/', 'a')).toEqual({ holds: 'no-kernel' });
    for (const at of [0, 1, 9, 20]) {
      const holds = at < 9 ? { holds: 'no-kernel' } : { holds: 'value', value: encodeValue(7) };
      expect(proven('/bank/a7', 'balance', at)).toEqual(holds);
    }
  });

  it('is refused for another root, kernel or key, and when a block is changed', () => {
    const branch = bank();
    const proof = proveEntry(branch.world(), entry('/bank/a7', 'balance'), hashOf);
    const isRefused = (changed: Partial<EntryProof>): void =>
      expect(verifyEntry({ ...proof, ...changed }, hashOf)).toMatchObject({ error: { code: 'bad-proof' } });
    isRefused({ root: hashOf(Uint8Array.of(1)) });
    isRefused({ address: '/bank/a8' as Address });
    isRefused({ blocks: proof.blocks.slice(1) });
    isRefused({ blocks: proof.blocks.map((block) => block.with(block.length - 1, 0)) });
    const worldOf = encodeValue([Uint8Array.from([0, ...textToBytes('bank/')]), encodeValue('no kernel')]);
    isRefused({ address: '/bank' as Address, root: hashOf(worldOf), blocks: [worldOf] });
  });
});
