/** What the bytes at a cursor are when read as numbers, little-endian as wasm stores them, or big-endian. */
import { numberToText } from './value-text';

export type NumberType = (typeof typeNames)[number];

export interface TypedRead {
  readonly type: NumberType;
  readonly little: string;
  readonly big: string;
}

/** One read for each type that still fits between the cursor and the end. */
export function typedReads(bytes: Uint8Array, cursor: number): readonly TypedRead[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return typeNames
    .filter((type) => cursor >= 0 && cursor + readers[type].size <= bytes.length)
    .map((type) => {
      const { read } = readers[type];
      return { type, little: read(view, cursor, true), big: read(view, cursor, false) };
    });
}

/** A number as the bytes that wasm stores it as; `null` for a text that is no number of this type. */
export function numberToBytes(type: NumberType, text: string): Uint8Array | null {
  const { size, write } = readers[type];
  const view = new DataView(new ArrayBuffer(size));
  const isFloat = type === 'f32' || type === 'f64';
  const trimmed = text.trim();
  if (trimmed === '' || (!isFloat && !/^(-?\d+|0x[\da-f]+)$/i.test(trimmed))) return null;
  const number = isFloat ? Number(trimmed) : BigInt(trimmed);
  if (Number.isNaN(number) && trimmed !== 'NaN') return null;
  if (typeof number === 'bigint' && number !== wrap(type, number)) return null;
  write(view, number);
  return new Uint8Array(view.buffer);
}

const wrap = (type: NumberType, number: bigint): bigint => {
  const bits = readers[type].size * 8;
  return type.startsWith('s') ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number);
};

interface TypeReader {
  /** Bytes. */
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => string;
  /** Little-endian. */
  readonly write: (view: DataView, number: number | bigint) => void;
}

const narrow = (
  size: number,
  kind: 'Uint8' | 'Int8' | 'Uint16' | 'Int16' | 'Uint32' | 'Int32',
): TypeReader => ({
  size,
  read: (view, at, little) => String(view[`get${kind}`](at, little)),
  write: (view, number) => view[`set${kind}`](0, Number(number), true),
});

const wide = (kind: 'BigUint64' | 'BigInt64'): TypeReader => ({
  size: 8,
  read: (view, at, little) => String(view[`get${kind}`](at, little)),
  write: (view, number) => view[`set${kind}`](0, BigInt(number), true),
});

const float = (size: number, kind: 'Float32' | 'Float64'): TypeReader => ({
  size,
  read: (view, at, little) => numberToText(view[`get${kind}`](at, little)),
  write: (view, number) => view[`set${kind}`](0, Number(number), true),
});

const readers: Readonly<Record<NumberType, TypeReader>> = {
  u8: narrow(1, 'Uint8'),
  s8: narrow(1, 'Int8'),
  u16: narrow(2, 'Uint16'),
  s16: narrow(2, 'Int16'),
  u32: narrow(4, 'Uint32'),
  s32: narrow(4, 'Int32'),
  u64: wide('BigUint64'),
  s64: wide('BigInt64'),
  f32: float(4, 'Float32'),
  f64: float(8, 'Float64'),
};

const typeNames = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64'] as const;
