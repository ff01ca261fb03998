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

const readers: Readonly<Record<NumberType, TypeReader>> = {
  u8: {
    size: 1,
    read: (view, at) => String(view.getUint8(at)),
    write: (view, number) => view.setUint8(0, Number(number)),
  },
  s8: {
    size: 1,
    read: (view, at) => String(view.getInt8(at)),
    write: (view, number) => view.setInt8(0, Number(number)),
  },
  u16: {
    size: 2,
    read: (view, at, little) => String(view.getUint16(at, little)),
    write: (view, number) => view.setUint16(0, Number(number), true),
  },
  s16: {
    size: 2,
    read: (view, at, little) => String(view.getInt16(at, little)),
    write: (view, number) => view.setInt16(0, Number(number), true),
  },
  u32: {
    size: 4,
    read: (view, at, little) => String(view.getUint32(at, little)),
    write: (view, number) => view.setUint32(0, Number(number), true),
  },
  s32: {
    size: 4,
    read: (view, at, little) => String(view.getInt32(at, little)),
    write: (view, number) => view.setInt32(0, Number(number), true),
  },
  u64: {
    size: 8,
    read: (view, at, little) => String(view.getBigUint64(at, little)),
    write: (view, number) => view.setBigUint64(0, BigInt(number), true),
  },
  s64: {
    size: 8,
    read: (view, at, little) => String(view.getBigInt64(at, little)),
    write: (view, number) => view.setBigInt64(0, BigInt(number), true),
  },
  f32: {
    size: 4,
    read: (view, at, little) => numberToText(view.getFloat32(at, little)),
    write: (view, number) => view.setFloat32(0, Number(number), true),
  },
  f64: {
    size: 8,
    read: (view, at, little) => numberToText(view.getFloat64(at, little)),
    write: (view, number) => view.setFloat64(0, Number(number), true),
  },
};

const typeNames = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64'] as const;
