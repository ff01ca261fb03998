import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesToHex } from '../../../core/base/bytes';
import { createCborWriter } from '../../../core/base/cbor-writer';
import { codec, hashOf, hashToLink } from '../../../core/base/hash';
import { encodeValue } from '../../../core/base/value';

const item = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 23, 24, 255, 256, 65535, 65536, 4294967295, 4294967296, -1, -24, -25, -257),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
  fc.constant(null),
);

it('writes what a general encoder writes', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), fc.nat(64), (items, expectedSize) => {
      const writer = createCborWriter(expectedSize);
      const hash = hashOf(Uint8Array.of(items.length));
      writer.list(items.length + 2);
      for (const value of items) {
        if (value === null) writer.null();
        else if (typeof value === 'number') writer.integer(value);
        else if (typeof value === 'string') writer.text(value);
        else writer.bytes(value);
      }
      writer.link(hash);
      writer.link(hash, codec.raw);
      const general = encodeValue([...items, hashToLink(hash), hashToLink(hash, codec.raw)]);
      expect(bytesToHex(writer.written())).toBe(bytesToHex(general));
    }),
  );
});
