/** What expressions are about: values of the machine, of the state, and of messages, each with its type. */
import type { CID } from 'multiformats/cid';
import { bytesToHex } from '../../base/bytes';
import { shorten } from '../../base/shorten';
import { type Value, decodeValue, isLink, isValueMap } from '../../base/value';
import { type TypedValue, typedToScalar } from '../../container/wasm-stepping/typed-value';

export const scalarNames = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64'] as const;
/** Numbers as they lie in a memory. */
export type ScalarName = (typeof scalarNames)[number];

/** `int` is an integer of any size. A reference is the index that it stands for. */
export type IntegerType = Exclude<ScalarName, FloatType> | 'int' | 'funcref' | 'externref';
export type FloatType = 'f32' | 'f64';

export type Datum =
  | { readonly type: IntegerType; readonly value: bigint }
  | { readonly type: FloatType; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array }
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'link'; readonly value: CID }
  | { readonly type: 'list'; readonly value: readonly Value[]; readonly elements?: Elements }
  | {
      readonly type: 'map';
      readonly value: { readonly [key: string]: Value };
      readonly fields?: Fields;
    };

/** All of a list in a memory, as it is at that moment; the list's value is the first of it. */
export interface Elements {
  readonly length: number;
  /** As the source's language names it. */
  readonly type: string;
  item(place: number): Datum;
}

/** All of an object in a memory, as it is at that moment; the map's value has what is read in advance. */
export interface Fields {
  readonly names: readonly string[];
  readonly typeOf: (name: string) => string;
  item(name: string): Datum;
}

/** What can only be looked into, as the whole state or all locals. */
export interface Lookup {
  readonly type: 'lookup';
  /** `undefined` for a key that it never has. */
  get(key: Datum): Datum | undefined;
}

export const nothing: Datum = { type: 'null', value: null };
export const integer = (value: bigint | number, type: IntegerType = 'int'): Datum => ({
  type,
  value: BigInt(value),
});
export const text = (value: string): Datum => ({ type: 'string', value });
export const textOrNull = (value: string | null): Datum => (value === null ? nothing : text(value));

export function valueToDatum(value: Value): Datum {
  switch (typeof value) {
    case 'boolean':
      return { type: 'bool', value };
    case 'bigint':
      return integer(value);
    case 'number':
      return Number.isInteger(value) ? integer(value) : { type: 'f64', value };
    case 'string':
      return text(value);
    default:
      if (value === null) return nothing;
      if (value instanceof Uint8Array) return { type: 'bytes', value };
      if (isLink(value)) return { type: 'link', value };
      return isValueMap(value) ? { type: 'map', value } : { type: 'list', value };
  }
}

/** Bytes that a contract keeps: the value that they hold, or themselves. */
export function bytesToDatum(bytes: Uint8Array | null | undefined): Datum {
  if (bytes === null || bytes === undefined) return nothing;
  const decoded = decodeValue(bytes);
  return decoded.ok ? valueToDatum(decoded.value) : { type: 'bytes', value: bytes };
}

/** Integers signed. */
export function typedToDatum(typed: TypedValue): Datum {
  const value = typedToScalar(typed);
  const { type } = typed;
  if (value === null || type === 'v128') return nothing;
  if (type === 'f32' || type === 'f64') return { type, value: Number(value) };
  return integer(value, type);
}

export function loadScalar(type: ScalarName, bytes: Uint8Array): Datum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type) {
    case 'i8':
      return integer(view.getInt8(0), type);
    case 'u8':
      return integer(view.getUint8(0), type);
    case 'i16':
      return integer(view.getInt16(0, true), type);
    case 'u16':
      return integer(view.getUint16(0, true), type);
    case 'i32':
      return integer(view.getInt32(0, true), type);
    case 'u32':
      return integer(view.getUint32(0, true), type);
    case 'i64':
      return integer(view.getBigInt64(0, true), type);
    case 'u64':
      return integer(view.getBigUint64(0, true), type);
    case 'f32':
      return { type, value: view.getFloat32(0, true) };
    case 'f64':
      return { type, value: view.getFloat64(0, true) };
  }
}

export const bitsOf = (type: ScalarName): number => Number(type.slice(1));

const longestText = 200;

/** For people; long ones are cut. */
export function datumToText(datum: Datum): string {
  const { type, value } = datum;
  if (type === 'string') return value;
  if (type === 'list') return listToText(value, lengthOf(datum));
  return typeof value === 'object' ? shorten(itemToText(value), longestText) : String(value);
}

export type Sequence = Datum & { readonly type: 'list' | 'bytes' | 'string' };

/** With the elements that a list's value leaves out. */
export const lengthOf = (of: Sequence): number =>
  of.type === 'list' ? (of.elements?.length ?? of.value.length) : of.value.length;

/** Elements of a list beyond so many. */
export const elementsBeyond = (datum: Datum, shown: number): number =>
  datum.type === 'list' ? lengthOf(datum) - shown : 0;

function listToText(value: readonly Value[], length: number): string {
  const items: string[] = [];
  let room = longestText;
  for (const item of value) {
    if (room <= 0) break;
    items.push(shorten(itemToText(item), room));
    room -= (items.at(-1)?.length ?? 0) + 2;
  }
  const left = length - items.length;
  return `[${[...items, ...(left > 0 ? [`… ${left} more`] : [])].join(', ')}]`;
}

function itemToText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Uint8Array) return `0x${bytesToHex(value.subarray(0, longestText))}`;
  if (isLink(value)) return value.toString();
  if (!isValueMap(value)) return `[${value.slice(0, longestText).map(itemToText).join(', ')}]`;
  const entries = Object.entries(value).slice(0, longestText);
  return `{${entries.map(([key, item]) => `${key}: ${itemToText(item)}`).join(', ')}}`;
}
