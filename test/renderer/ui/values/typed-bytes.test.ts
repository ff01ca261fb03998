import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex, textToBytes } from '../../../../core/base/bytes';
import { numberToBytes, typedReads } from '../../../../renderer/ui/values/typed-reads';
import {
  type Typing,
  startTyping,
  typeAll,
  typeKey,
  typedStretch,
  withTyped,
} from '../../../../renderer/ui/values/typed-bytes';

const press = (typing: Typing, keys: readonly string[], bytes: Uint8Array): Typing =>
  keys.reduce((before, key) => typeKey(before, key, bytes) ?? before, typing);

describe('typing over bytes', () => {
  const zeros = new Uint8Array(8);

  it('takes two digits a byte, and leaves the second one as it is until it is typed', () => {
    const bytes = Uint8Array.of(0x12, 0x34);
    const half = press(startTyping(0), ['a'], bytes);
    expect(withTyped(bytes, half)).toStrictEqual(Uint8Array.of(0xa2, 0x34));
    expect(withTyped(bytes, press(half, ['B', 'x', 'c'], bytes))).toStrictEqual(Uint8Array.of(0xab, 0xc4));
  });

  it('takes text, as UTF-8', () => {
    const text = press({ ...startTyping(1), as: 'text' }, ['h', '€'], zeros);
    expect(typedStretch(zeros, text)).toStrictEqual({ start: 1, bytes: textToBytes('h€') });
    expect(text.cursor).toBe(5);
  });

  it('goes back, and leaves what was there', () => {
    const typed = press(startTyping(2), ['1', '2', '3', '4', 'Backspace', 'Backspace'], zeros);
    expect(typedStretch(zeros, typed)).toBeNull();
    expect(typed.cursor).toBe(2);
  });

  it('never goes beyond the last byte', () => {
    const typed = press({ ...startTyping(7), as: 'text' }, ['a', 'b', 'c'], zeros);
    expect(withTyped(zeros, typed)).toHaveLength(8);
    expect(typed.cursor).toBe(7);
  });

  it('takes many digits at once, whatever parts them', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (bytes) => {
        const parts = bytesToHex(bytes).match(/../g) ?? [];
        for (const text of [`0x${parts.join('')}`, parts.join(' '), parts.join(':')]) {
          const typed = typeAll(startTyping(0), text, zeros);
          expect(typed && typedStretch(zeros, typed)?.bytes).toStrictEqual(bytes);
        }
      }),
    ));

  it('takes no half bytes and no other words', () => {
    expect(typeAll(startTyping(0), '123', zeros)).toBeNull();
    expect(typeAll(startTyping(0), 'hello', zeros)).toBeNull();
  });
});

describe('numbers in place of bytes', () => {
  it('are stored as they are read', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        for (const { type, little } of typedReads(bytes, 0)) {
          const stored = numberToBytes(type, little);
          // The text of a NaN does not tell its bits.
          if (little !== 'NaN') expect(stored).toStrictEqual(bytes.slice(0, stored?.length));
        }
      }),
    ));

  it('have to fit', () => {
    expect(numberToBytes('u8', '0xff')).toStrictEqual(Uint8Array.of(255));
    for (const [type, text] of [
      ['u8', '256'],
      ['u8', '-1'],
      ['s8', '128'],
      ['u32', '1.5'],
      ['f64', 'seven'],
      ['u64', ''],
    ] as const)
      expect(numberToBytes(type, text)).toBeNull();
  });
});
