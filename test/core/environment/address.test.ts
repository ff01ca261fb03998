import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Address,
  isWithin,
  parentOf,
  parseAddress,
  resolveAddress,
  rootAddress,
  segmentsOf,
} from '../../../core/environment/address';

const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/).filter((text) => text !== '.' && text !== '..');
const address = fc.array(name, { maxLength: 6 }).map((names) => `/${names.join('/')}` as Address);

describe('an address', () => {
  it('is a path of plain names', () => {
    fc.assert(
      fc.property(address, (text) => {
        expect(parseAddress(text)).toEqual({ ok: true, value: text });
      }),
    );
  });

  it.each(['', 'bank', '/bank/', '//', '/a//b', '/a b', '/ä', '/..', '/a/./b', `/${'x'.repeat(65)}`, '/a\n'])(
    'is not %j, and the fault says what one is',
    (text) => {
      const parsed = parseAddress(text);
      expect(parsed).toMatchObject({ ok: false, error: { code: 'bad-address' } });
      expect(!parsed.ok && parsed.error.remedy).toContain('/bank/alice');
    },
  );

  it('is seen from a kernel as a path of its own, upwards too', () => {
    const bank = '/town/bank' as Address;
    expect(resolveAddress(bank, 'alice')).toEqual({ ok: true, value: '/town/bank/alice' });
    expect(resolveAddress(bank, './alice/purse')).toEqual({ ok: true, value: '/town/bank/alice/purse' });
    expect(resolveAddress(bank, '../audit')).toEqual({ ok: true, value: '/town/audit' });
    expect(resolveAddress(bank, '.')).toEqual({ ok: true, value: bank });
    expect(resolveAddress(bank, '../../../..')).toEqual({ ok: true, value: rootAddress });
    expect(resolveAddress(bank, '/elsewhere')).toEqual({ ok: true, value: '/elsewhere' });
  });

  it('is within its parent, and the root above all', () => {
    fc.assert(
      fc.property(address, name, (parent, child) => {
        const whole = resolveAddress(parent, child);
        if (!whole.ok) throw new Error('a name is an address');
        expect(parentOf(whole.value)).toBe(parent);
        expect(isWithin(whole.value, parent)).toBe(true);
        expect(isWithin(parent, whole.value)).toBe(false);
        expect(segmentsOf(whole.value)).toEqual([...segmentsOf(parent), child]);
      }),
    );
    expect(parentOf(rootAddress)).toBeNull();
    expect(isWithin('/bank-robber' as Address, '/bank' as Address)).toBe(false);
  });
});
