import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';
import { isSame } from '../../../core/scenario/expect';

const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
})).value;

describe('an expected value', () => {
  it('holds for what it is after it went through a contract', () => {
    fc.assert(
      fc.property(value, (expected) => {
        const found = decodeValue(encodeValue(expected));
        expect(found.ok && isSame(expected, found.value)).toBe(true);
      }),
    );
  });

  it.each<[Value, Value]>([
    [1, 2],
    [1n << 60n, (1n << 60n) + 1n],
    [2 ** 53, (1n << 53n) + 1n],
    [null, false],
    ['1', 1],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ toString: 1 }, {}],
    ['0x01', 1],
    ['0x0', Uint8Array.of(0)],
    [Uint8Array.of(1), Uint8Array.of(2)],
  ])('%s does not hold for %s', (expected, found) => {
    expect(isSame(expected, found)).toBe(false);
  });

  it.each<[Value, Value]>([
    [5, 5n],
    [1n << 60n, 2 ** 60],
    ['0x01fF', Uint8Array.of(1, 255)],
    [{ a: ['0x'] }, { a: [new Uint8Array()] }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  ])('%s holds for %s', (expected, found) => {
    expect(isSame(expected, found)).toBe(true);
  });
});
