/** Writing of wasm's bytes into a buffer that grows. */
import type { ValueType } from './shape';

export interface Writer {
  bytes: Uint8Array;
  /** How many bytes are written. */
  at: number;
}

export const createWriter = (expected: number): Writer => ({ bytes: new Uint8Array(expected), at: 0 });

/** A view of what was written so far. */
export const written = ({ bytes, at }: Writer): Uint8Array => bytes.subarray(0, at);

export function writeByte(writer: Writer, byte: number): void {
  if (writer.at === writer.bytes.length) grow(writer, 1);
  writer.bytes[writer.at++] = byte;
}

export function writeBytes(writer: Writer, bytes: Uint8Array): void {
  if (writer.at + bytes.length > writer.bytes.length) grow(writer, bytes.length);
  writer.bytes.set(bytes, writer.at);
  writer.at += bytes.length;
}

export function writeU32(writer: Writer, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    writeByte(writer, (rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  writeByte(writer, rest);
}

/** A signed LEB128 of any safe integer. */
export function writeSigned(writer: Writer, value: number): void {
  let rest = value;
  while (rest < -0x40 || rest >= 0x40) {
    const low = ((rest % 0x80) + 0x80) % 0x80;
    writeByte(writer, low | 0x80);
    rest = (rest - low) / 0x80;
  }
  writeByte(writer, rest & 0x7f);
}

/** A length, then as many bytes. */
export function writeSized(writer: Writer, bytes: Uint8Array): void {
  writeU32(writer, bytes.length);
  writeBytes(writer, bytes);
}

/** How many, then each. */
export function writeEach<T>(
  writer: Writer,
  items: readonly T[],
  writeOne: (writer: Writer, item: T) => void,
): void {
  writeU32(writer, items.length);
  for (const item of items) writeOne(writer, item);
}

const codeByValueType: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

export const valueTypeCode = (type: ValueType): number => codeByValueType[type];

export const writeValueType = (writer: Writer, type: ValueType): void =>
  writeByte(writer, codeByValueType[type]);

function grow(writer: Writer, needed: number): void {
  const larger = new Uint8Array(Math.max(2 * writer.bytes.length, writer.at + needed, 64));
  larger.set(writer.bytes);
  writer.bytes = larger;
}
