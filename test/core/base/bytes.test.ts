import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText, compareBytes, textToBytes } from '../../../core/base/bytes';

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

describe('the order of bytes', () => {
  it('is that of a dictionary', () => {
    const sorted = [[], [0], [0, 0], [0, 255], [1], [127], [128], [255]].map((row) => Uint8Array.from(row));
    expect(sorted.toReversed().sort(compareBytes)).toEqual(sorted);
  });
});
