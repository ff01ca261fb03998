/** What the bytes at a cursor are when read as numbers, little-endian as wasm stores them, or big-endian. */
import { numberToText } from './value-text';

export interface TypedRead {
  readonly type: 'u8' | 's8' | 'u16' | 's16' | 'u32' | 's32' | 'u64' | 's64' | 'f32' | 'f64';
  readonly little: string;
  readonly big: string;
}

/** One read for each type that still fits between the cursor and the end. */
export function typedReads(bytes: Uint8Array, cursor: number): readonly TypedRead[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readers
    .filter(({ size }) => cursor >= 0 && cursor + size <= bytes.length)
    .map(({ type, read }) => ({ type, little: read(view, cursor, true), big: read(view, cursor, false) }));
}

interface TypeReader {
  readonly type: TypedRead['type'];
  readonly size: number;
  readonly read: (view: DataView, at: number, little: boolean) => string;
}

const readers: readonly TypeReader[] = [
  { type: 'u8', size: 1, read: (view, at) => String(view.getUint8(at)) },
  { type: 's8', size: 1, read: (view, at) => String(view.getInt8(at)) },
  { type: 'u16', size: 2, read: (view, at, little) => String(view.getUint16(at, little)) },
  { type: 's16', size: 2, read: (view, at, little) => String(view.getInt16(at, little)) },
  { type: 'u32', size: 4, read: (view, at, little) => String(view.getUint32(at, little)) },
  { type: 's32', size: 4, read: (view, at, little) => String(view.getInt32(at, little)) },
  { type: 'u64', size: 8, read: (view, at, little) => String(view.getBigUint64(at, little)) },
  { type: 's64', size: 8, read: (view, at, little) => String(view.getBigInt64(at, little)) },
  { type: 'f32', size: 4, read: (view, at, little) => numberToText(view.getFloat32(at, little)) },
  { type: 'f64', size: 8, read: (view, at, little) => numberToText(view.getFloat64(at, little)) },
];
