import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesToText,
  compareBytes,
  createByteCopier,
  createNameReader,
  textToBytes,
} from '../../../core/base/bytes';

describe('text as bytes', () => {
  it('is UTF-8', () => {
    expect([...textToBytes('aé\u{10000}')]).toEqual([0x61, 0xc3, 0xa9, 0xf0, 0x90, 0x80, 0x80]);
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(bytesToText(textToBytes(text))).toBe(text);
      }),
    );
    expect(bytesToText(textToBytes('\ufeffa'))).toBe('\ufeffa');
  });
});

describe('a reader of names', () => {
  it('reads as anybody does, however often and in whatever order', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.string({ maxLength: 3 }).map(textToBytes));
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 20 }), (names) => {
        const read = createNameReader();
        for (const name of [...names, ...names]) expect(read(name)).toBe(bytesToText(name));
      }),
    );
  });
});

describe('copies in shared buffers', () => {
  it('stay as they are when the originals, or other copies, are written to', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 30 }),
        (originals) => {
          const expected = originals.map((original) => [...original]);
          const copy = createByteCopier();
          const copies = originals.map(copy);
          for (const original of originals) original.fill(1);
          copies[0]?.fill(2);
          expect(copies.slice(1).map((bytes) => [...bytes])).toEqual(expected.slice(1));
        },
      ),
    );
  });
});

describe('the order of bytes', () => {
  it('is that of a dictionary', () => {
    const sorted = [[], [0], [0, 0], [0, 255], [1], [127], [128], [255]].map((row) => Uint8Array.from(row));
    expect(sorted.toReversed().sort(compareBytes)).toEqual(sorted);
  });
});
