/** Reading of wasm's bytes. Throws a {@link Rejection} for what isn't wasm or isn't allowed; `attempt` catches it. */
import { bytesToText } from '../base/bytes';
import { type Position, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { mostOf } from './counts';
import { type Proposal, proposals } from './proposals';
import type { ValueType, WasmFault } from './shape';

export interface Reader {
  readonly bytes: Uint8Array;
  /** Offset of the next byte in the module. */
  at: number;
  /** Reading past this offset is refused. */
  end: number;
}

/** Runs a reading to its end; its rejection becomes the result. */
export function attempt<T>(read: () => T): Result<T, WasmFault> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Rejection) return err(error.fault);
    throw error;
  }
}

export function malformed(offset: number, message: string): never {
  throw new Rejection(fault('malformed-code', message, { position: { offset } }));
}

/** For valid wasm that kernels don't take: `what` is refused, `remedy` says how to do without. */
export function unsupported(offset: number, what: string, remedy: string): never {
  const position: Position = { offset };
  throw new Rejection(fault('unsupported-code', what, { position, remedy }));
}

/** For what belongs to a proposal that kernels don't take. */
export const ofProposal = (offset: number, what: string, { name, remedy }: Proposal): never =>
  unsupported(offset, `${what}, which is of the proposal "${name}"`, remedy);

/** For a count of something that is above its bound. */
export function bounded(offset: number, what: keyof typeof mostOf, count: number): void {
  if (count <= mostOf[what]) return;
  unsupported(offset, `${count} ${what}; the most is ${mostOf[what]}`, 'Make the module smaller.');
}

export function readByte(reader: Reader): number {
  if (reader.at >= reader.end) malformed(reader.at, 'the bytes end too early');
  return reader.bytes[reader.at++] ?? 0;
}

/** A LEB128 of at most 32 bits, unsigned. */
export function readU32(reader: Reader): number {
  const start = reader.at;
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = readByte(reader);
    if (shift === 28 && byte > 0x0f) break;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value >>> 0;
  }
  return malformed(start, 'a number of more than 32 bits');
}

/** A LEB128 of at most 32 bits, signed. */
export function readS32(reader: Reader): number {
  const start = reader.at;
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = readByte(reader);
    if (shift === 28) {
      const sign = byte & 0x78;
      if (byte >= 0x80 || (sign !== 0 && sign !== 0x78)) break;
      return value | (byte << 28);
    }
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (value << (25 - shift)) >> (25 - shift);
  }
  return malformed(start, 'a number of more than 32 bits');
}

/** A LEB128 of at most 33 bits, signed: negative for a value type's code, else an index. */
export function readS33(reader: Reader): number {
  const start = reader.at;
  let value = 0;
  for (let place = 1; place <= 2 ** 28; place *= 128) {
    const byte = readByte(reader);
    if (place === 2 ** 28 && byte >= 0x10 && (byte < 0x70 || byte >= 0x80)) break;
    value += (byte & 0x7f) * place;
    if (byte < 0x80) return byte < 0x40 ? value : value - place * 128;
  }
  return malformed(start, 'a number of more than 33 bits');
}

/** A LEB128 of at most 64 bits, signed. */
export function readS64(reader: Reader): bigint {
  const start = reader.at;
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = readByte(reader);
    if (shift === 63n && byte !== 0 && byte !== 0x7f) break;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, byte < 0x40 ? value : value | (-1n << (shift + 7n)));
  }
  return malformed(start, 'a number of more than 64 bits');
}

/** How many elements follow; each takes at least one byte. */
export function readCount(reader: Reader): number {
  const start = reader.at;
  const count = readU32(reader);
  if (count > reader.end - reader.at) malformed(start, `${count} elements, but the bytes end before that`);
  return count;
}

/** A view, not a copy. */
export function readBytes(reader: Reader, length: number): Uint8Array {
  if (length > reader.end - reader.at) {
    malformed(reader.at, `${length} bytes are announced, and ${reader.end - reader.at} are left`);
  }
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

export const readName = (reader: Reader): string => bytesToText(readBytes(reader, readU32(reader)));

const valueTypeByCode: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x70, 'funcref'],
  [0x6f, 'externref'],
]);

export function readValueType(reader: Reader): ValueType {
  const start = reader.at;
  const code = readByte(reader);
  return valueTypeByCode.get(code) ?? refuseType(start, code);
}

/** Says which proposal a type's code belongs to that is none of ours. */
export function refuseType(offset: number, code: number): never {
  if (code === 0x7b) return ofProposal(offset, 'the vector type v128', proposals.simd);
  const reference = `the reference type 0x${code.toString(16)}`;
  if (code === 0x69 || code === 0x74) return ofProposal(offset, reference, proposals.exceptions);
  if (code === 0x68 || code === 0x75) return ofProposal(offset, reference, proposals.stackSwitching);
  const isCollected = (code >= 0x63 && code <= 0x6e) || (code >= 0x71 && code <= 0x73);
  if (isCollected) return ofProposal(offset, reference, proposals.garbageCollection);
  return malformed(offset, `0x${code.toString(16)} is no value type`);
}

/** Carries a fault out of nested reading. Not an `Error`: it is an answer about the input, and needs no stack. */
class Rejection {
  readonly fault: WasmFault;
  constructor(rejected: WasmFault) {
    this.fault = rejected;
  }
}
