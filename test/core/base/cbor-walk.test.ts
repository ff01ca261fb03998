import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listItems } from '../../../core/base/cbor-walk';
import { hashOf, hashToLink } from '../../../core/base/hash';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, hashToLink(hashOf(Uint8Array.of(1)))),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 5 }),
  ),
}));

describe('the items of a list', () => {
  it('are where a decoder finds them', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), fc.nat(3), (list, before) => {
        const bytes = new Uint8Array([...new Uint8Array(before), ...encodeValue(list)]);
        const starts = listItems(bytes, before);
        const items = list.map((_, index) => decodeValue(bytes.slice(starts?.[index], starts?.[index + 1])));
        expect(items).toEqual(list.map((item) => decodeValue(encodeValue(item))));
        expect(starts?.at(-1)).toBe(bytes.length);
      }),
    );
  });

  it('are not there when a part of the list is missing, or it is none', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 10 }), fc.nat(), (list, cut) => {
        const bytes = encodeValue(list);
        expect(listItems(bytes.subarray(0, cut % bytes.length), 0)).toBeUndefined();
      }),
    );
    expect(listItems(encodeValue('text'), 0)).toBeUndefined();
    expect(listItems(Uint8Array.of(0x9b, 255, 255, 255, 255, 255, 255, 255, 255), 0)).toBeUndefined();
  });
});
