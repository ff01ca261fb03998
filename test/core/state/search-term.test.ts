import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { encodeValue } from '../../../core/base/value';
import { type SearchTerm, createMatcher } from '../../../core/state/search-term';
import { hex } from './model';

const everywhere = { keys: true, values: true };
const inValue = (term: SearchTerm, value: Uint8Array): boolean =>
  createMatcher(term, everywhere).inValue(value);

describe('a search term', () => {
  it('of bytes is found exactly where they stand', () => {
    const few = fc.array(fc.constantFrom(0, 1), { maxLength: 12 }).map((row) => Uint8Array.from(row));
    fc.assert(
      fc.property(few, few, (bytes, part) => {
        const holds = [...Array(bytes.length + 1).keys()].some((at) =>
          hex(bytes.subarray(at)).startsWith(hex(part)),
        );
        expect(inValue({ kind: 'bytes', bytes: part }, bytes)).toBe(holds);
      }),
    );
  });

  it('of text is found in plain bytes and in values', () => {
    const term = { kind: 'text', text: 'žofie' } as const;
    expect(inValue(term, textToBytes('paní žofie N.'))).toBe(true);
    expect(inValue(term, encodeValue({ owners: [{ name: 'žofie' }] }))).toBe(true);
    expect(inValue(term, encodeValue('Žofie'))).toBe(false);
    expect(createMatcher(term, everywhere).inKey(textToBytes('members/žofie/age'))).toBe(true);
  });

  it.each([
    [7, 7, true],
    [7, { a: [1, { b: 7 }] }, true],
    [7, [70, '7', { 7: 0 }, new Uint8Array([7])], false],
    [-1, -1, true],
    [1.5, [1.5], true],
    [7n, 7, true],
    [2n ** 64n - 1n, [2n ** 64n - 1n], true],
    [2n ** 64n - 1n, 2n ** 64n - 2n, false],
  ])('of the number %s in %o: %s', (number, value, holds) => {
    expect(inValue({ kind: 'number', number }, encodeValue(value))).toBe(holds);
  });

  it('of a number is not found in bytes that are no value', () => {
    expect(inValue({ kind: 'number', number: 7 }, Uint8Array.of(7, 7))).toBe(false);
  });

  it('is looked for where it is wanted', () => {
    const bytes = textToBytes('a');
    for (const keys of [false, true]) {
      for (const values of [false, true]) {
        const matcher = createMatcher({ kind: 'bytes', bytes }, { keys, values });
        expect([matcher.inKey(bytes), matcher.inValue(bytes)]).toEqual([keys, values]);
      }
    }
  });
});
