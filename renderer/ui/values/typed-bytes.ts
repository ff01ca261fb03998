/** Bytes that are typed over others, by hex digits or as text, until they are put in their place. */
import { hexToBytes, textToBytes } from '../../../core/base/bytes';

export interface Typing {
  /** What was typed, by its place among the bytes. */
  readonly byPlace: ReadonlyMap<number, number>;
  readonly cursor: number;
  /** Whether the second digit of the byte at the cursor comes next. */
  readonly isHalf: boolean;
  readonly as: 'hex' | 'text';
}

export const startTyping = (cursor: number): Typing => ({
  byPlace: new Map(),
  cursor,
  isHalf: false,
  as: 'hex',
});

/** One more key: a digit, a character, a step back. `null` for one that types nothing. */
export function typeKey(typing: Typing, key: string, bytes: Uint8Array): Typing | null {
  const { byPlace, cursor, isHalf, as } = typing;
  if (key === 'Backspace') {
    const back = isHalf ? cursor : Math.max(0, cursor - 1);
    const left = new Map(byPlace);
    left.delete(back);
    return { ...typing, byPlace: left, cursor: back, isHalf: false };
  }
  if (as === 'text')
    return Array.from(key).length === 1 ? putBytes(typing, textToBytes(key), bytes.length) : null;
  if (!/^[\da-f]$/i.test(key)) return null;
  const digit = Number.parseInt(key, 16);
  const before = byPlace.get(cursor) ?? bytes[cursor] ?? 0;
  const byte = isHalf ? (before & 0xf0) | digit : (digit << 4) | (before & 0x0f);
  if (isHalf) return putBytes(typing, Uint8Array.of(byte), bytes.length);
  return { ...typing, byPlace: new Map([...byPlace, [cursor, byte]]), isHalf: true };
}

/** A text with many digits or characters. Of digits, what parts them is left out; `null` when there are others. */
export function typeAll(typing: Typing, text: string, bytes: Uint8Array): Typing | null {
  if (typing.as === 'text') return putBytes(typing, textToBytes(text), bytes.length);
  const digits = text.replace(/^0x|[\s,:]/gi, '');
  const isWhole = digits.length % 2 === 0 && /^[\da-f]+$/i.test(digits);
  return isWhole ? putBytes(typing, hexToBytes(digits.toLowerCase()), bytes.length) : null;
}

/** From the cursor on; what goes beyond the last byte is left out. */
function putBytes(typing: Typing, put: Uint8Array, length: number): Typing {
  const byPlace = new Map(typing.byPlace);
  put.forEach((byte, index) => {
    if (typing.cursor + index < length) byPlace.set(typing.cursor + index, byte);
  });
  return { ...typing, byPlace, cursor: Math.min(typing.cursor + put.length, length - 1), isHalf: false };
}

/** The bytes as they are with what was typed. */
export function withTyped(bytes: Uint8Array, { byPlace }: Typing): Uint8Array {
  const copy = bytes.slice();
  for (const [place, byte] of byPlace) copy[place] = byte;
  return copy;
}

/** From the first byte that was typed to the last one; `null` when none was. */
export function typedStretch(
  bytes: Uint8Array,
  typing: Typing,
): { readonly start: number; readonly bytes: Uint8Array } | null {
  const places = [...typing.byPlace.keys()].toSorted((left, right) => left - right);
  const [start] = places;
  const last = places.at(-1);
  if (start === undefined || last === undefined) return null;
  return { start, bytes: withTyped(bytes, typing).slice(start, last + 1) };
}
