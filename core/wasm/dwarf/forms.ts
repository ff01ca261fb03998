/**
 * The values that DWARF is made of, as compilers to wasm write them: versions 4 and 5, 32 bits. Throws as `reader.ts` does
 * for what can't be read.
 */
import { bytesToText } from '../../base/bytes';
import { type Reader, malformed, readByte, readBytes } from '../reader';

/** The custom sections of DWARF by their names without `.debug_`. */
export type DwarfSections = ReadonlyMap<string, Uint8Array>;

export type FormValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'text elsewhere'; readonly section: string; readonly offset: number }
  /** Places in tables of the unit, whose beginnings are attributes of it. */
  | { readonly kind: 'text index' | 'address index'; readonly index: number }
  /** An entry of the unit, or of any; as an offset in the unit, or in the section. */
  | { readonly kind: 'entry' | 'entry of any'; readonly offset: number }
  | { readonly kind: 'other' };

export const readerOf = (bytes: Uint8Array, at = 0): Reader => ({ bytes, at, end: bytes.length });

/** A number of so many bytes, of which the lowest come first. */
export function readFixed(reader: Reader, size: number): number {
  return readBytes(reader, size).reduceRight((value, byte) => value * 256 + byte, 0);
}

/** A LEB128 of any length; what doesn't fit into a safe integer is of no use, and comes out as some number. */
export function readUnsigned(reader: Reader): number {
  let value = 0;
  for (let place = 1; ; place *= 128) {
    const byte = readByte(reader);
    value += (byte & 0x7f) * place;
    if (byte < 0x80) return value;
  }
}

export function readSigned(reader: Reader): number {
  let value = 0;
  for (let place = 1; ; place *= 128) {
    const byte = readByte(reader);
    value += (byte & 0x7f) * place;
    if (byte < 0x80) return byte < 0x40 ? value : value - place * 128;
  }
}

/** Longer paths and names than any compiler writes; they may be told again and again in few bytes. */
const longestText = 2048;

/** Up to a zero. */
export function readText(reader: Reader): string {
  const rest = reader.bytes.subarray(reader.at, Math.min(reader.end, reader.at + longestText));
  const length = rest.indexOf(0);
  if (length === -1) malformed(reader.at, 'a text without an end');
  reader.at += length + 1;
  return bytesToText(rest.subarray(0, length));
}

/** The text at an offset of a section; empty where there is none. */
export function textIn(section: Uint8Array | undefined, offset: number): string {
  return section === undefined || offset >= section.length ? '' : readText(readerOf(section, offset));
}

/** The length of what follows, as a reader of just that; `reader` is behind it afterwards. */
export function readPart(reader: Reader): Reader {
  const length = readFixed(reader, 4);
  if (length >= 0xfffffff0) malformed(reader.at, 'DWARF of 64 bits');
  const start = reader.at;
  readBytes(reader, length);
  return { bytes: reader.bytes, at: start, end: reader.at };
}

/** A value of one of DWARF's forms. `constant` is what the abbreviation holds of an implicit one. */
export function readForm(reader: Reader, form: number, constant = 0): FormValue {
  const number = (size: number): FormValue => ({ kind: 'number', value: readFixed(reader, size) });
  const skip = (size: number): FormValue => {
    readBytes(reader, size);
    return { kind: 'other' };
  };
  const text = (section: string): FormValue => ({
    kind: 'text elsewhere',
    section,
    offset: readFixed(reader, 4),
  });
  switch (form) {
    case 0x01: // addr
    case 0x06: // data4
    case 0x17: // sec_offset
      return number(4);
    case 0x0b: // data1
    case 0x0c: // flag
      return number(1);
    case 0x05: // data2
      return number(2);
    case 0x07: // data8
      return number(8);
    case 0x0d: // sdata
      return { kind: 'number', value: readSigned(reader) };
    case 0x0f: // udata
      return { kind: 'number', value: readUnsigned(reader) };
    case 0x19: // flag_present
      return { kind: 'number', value: 1 };
    case 0x21: // implicit_const
      return { kind: 'number', value: constant };
    case 0x08: // string
      return { kind: 'text', text: readText(reader) };
    case 0x0e: // strp
      return text('str');
    case 0x1f: // line_strp
      return text('line_str');
    case 0x1a: // strx
      return { kind: 'text index', index: readUnsigned(reader) };
    case 0x25: // strx1 to strx4
    case 0x26:
    case 0x27:
    case 0x28:
      return { kind: 'text index', index: readFixed(reader, form - 0x24) };
    case 0x1b: // addrx
      return { kind: 'address index', index: readUnsigned(reader) };
    case 0x29: // addrx1 to addrx4
    case 0x2a:
    case 0x2b:
    case 0x2c:
      return { kind: 'address index', index: readFixed(reader, form - 0x28) };
    case 0x11: // ref1
      return { kind: 'entry', offset: readFixed(reader, 1) };
    case 0x12: // ref2
      return { kind: 'entry', offset: readFixed(reader, 2) };
    case 0x13: // ref4
      return { kind: 'entry', offset: readFixed(reader, 4) };
    case 0x14: // ref8
      return { kind: 'entry', offset: readFixed(reader, 8) };
    case 0x15: // ref_udata
      return { kind: 'entry', offset: readUnsigned(reader) };
    case 0x10: // ref_addr
      return { kind: 'entry of any', offset: readFixed(reader, 4) };
    case 0x20: // ref_sig8
      return skip(8);
    case 0x1e: // data16
      return skip(16);
    case 0x03: // block2
      return skip(readFixed(reader, 2));
    case 0x04: // block4
      return skip(readFixed(reader, 4));
    case 0x0a: // block1
      return skip(readFixed(reader, 1));
    case 0x09: // block
    case 0x18: // exprloc
      return skip(readUnsigned(reader));
    case 0x22: // loclistx
    case 0x23: // rnglistx
      readUnsigned(reader);
      return { kind: 'other' };
    default:
      return malformed(reader.at, `a form 0x${form.toString(16)} that is none`);
  }
}
