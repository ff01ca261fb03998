import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { describe, expect, test } from 'vitest';
import { type Value, encodeValue } from '../../../../core/base/value';
import { kernel } from './contract';

const echo = `
  import { state } from 'kernelscope';
  export const echo = (value) => value;
  export function keep(key, value) { state.set(key, value); return state.get(key); }`;

/** Enough for the largest value that is made here. */
const limits = { gas: 2 ** 30 };

const link = CID.parse('bafyreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy');

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(
      null,
      true,
      false,
      link,
      2 ** 53 - 1,
      -(2 ** 53) + 1,
      2n ** 64n - 1n,
      -(2n ** 64n),
    ),
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: -(2n ** 64n), max: -(2n ** 53n) }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((float) => !Object.is(float, -0)),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', minLength: 20, maxLength: 300 }),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
  ),
})).value;

describe('values', () => {
  test('come out of a contract as they went in, to the byte', async () => {
    const contract = await kernel(echo, { limits });
    fc.assert(
      fc.property(value, (given) => {
        const { outcome } = contract.send('echo', given);
        expect(outcome).toEqual({ kind: 'ok', reply: Uint8Array.from(encodeValue(given)) });
      }),
      { numRuns: 150 },
    );
  });

  test('are kept under any key', async () => {
    const contract = await kernel(echo, { limits });
    const keys = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(keys, value, (key, kept) => {
        const { outcome } = contract.send('keep', key, kept);
        expect(outcome).toEqual({ kind: 'ok', reply: Uint8Array.from(encodeValue(kept)) });
      }),
      { numRuns: 50 },
    );
  });

  test('that no message can hold are refused in words', async () => {
    const contract = await kernel(
      `
      import { send, state } from 'kernelscope';
      export const nothing = () => send('b', 'm', { deep: [undefined] });
      export const infinite = () => state.set('k', 1 / 0);
      export const large = () => 2n ** 65n;
      export const made = () => new Map();
      export const key = () => state.set(5, 1);
      export const endless = () => { const list = []; list.push(list); return list; };`,
      { limits },
    );
    const reason = (method: string): unknown => {
      const { outcome } = contract.send(method);
      return outcome.kind === 'trap' ? (outcome.detail ?? outcome.reason) : outcome;
    };
    expect(reason('nothing')).toBe(
      'TypeError: the args of kernel.send holds undefined (contracts/a.js:3:40)',
    );
    expect(reason('infinite')).toContain('the value of kernel.state_set holds Infinity');
    expect(reason('large')).toContain('needs more than 64 bits');
    expect(reason('made')).toContain('holds a Map');
    expect(reason('key')).toContain('the key of kernel.state_set is no text');
    expect(reason('endless')).toBe('stack overflow');
  });
});
