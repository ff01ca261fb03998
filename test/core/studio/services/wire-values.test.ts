import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { expect, test } from 'vitest';
import { codec, hashOf, hashToLink } from '../../../../core/base/hash';
import { type Value, encodeValue } from '../../../../core/base/value';
import { previewBytes, wireValue } from '../../../../core/studio/protocol/wire';
import {
  dataToWire,
  valueToPreview,
  valueToWire,
  wireToValue,
} from '../../../../core/studio/services/wire-values';

const links = fc.uint8Array({ maxLength: 8 }).map((bytes): Value => hashToLink(hashOf(bytes), codec.raw));

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.string(),
    fc.uint8Array({ maxLength: 16 }).map((bytes) => new Uint8Array(bytes)),
    links,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '/' && key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));

test('values cross to the window and back unchanged, links included', () => {
  fc.assert(
    fc.property(values, (value) => {
      const wire = wireValue.parse(valueToWire(value));
      expect(encodeValue(wireToValue(wire))).toStrictEqual(encodeValue(value));
    }),
  );
});

test('bytes are shown as the value they hold, unless they hold none or are cut', () => {
  const value = {
    count: 3,
    of: ['a', CID.parse('bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku')],
  };
  expect(dataToWire(encodeValue(value)).value).toStrictEqual({
    count: 3,
    of: ['a', { '/': 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku' }],
  });
  expect(dataToWire(Uint8Array.of(0x18, 0x01))).toStrictEqual({
    data: { bytes: Uint8Array.of(0x18, 0x01), length: 2 },
  });
  const long = dataToWire(encodeValue('x'.repeat(10_000)));
  expect(long.value).toBeUndefined();
  expect(long.data.bytes).toHaveLength(previewBytes);
  expect(long.data.length).toBe(10_003);
});

test('a preview of a large value is small, and says what was cut from texts', () => {
  const preview = valueToPreview({
    text: 'x'.repeat(1_000_000),
    list: Array.from({ length: 100_000 }, () => 1),
  });
  expect(JSON.stringify(preview).length).toBeLessThan(2 * previewBytes);
  expect(preview).toMatchObject({ text: expect.stringMatching(/x… \(1000000 characters\)$/) });
});
