/** The types of a contract's interface, read from their text, and values held against them. */
import { hexToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { shorten } from '../base/shorten';
import { type Value, isValueMap } from '../base/value';
import type { RecordType, TypeText } from './interface';

export type Type =
  | { readonly kind: 'bool' | 'string' | 'bytes' | 'value' }
  | { readonly kind: 'integer'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'list' | 'option'; readonly of: Type }
  | { readonly kind: 'result'; readonly value: Type | null; readonly error: Type | null }
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly type: Type;
}

export type TypeFault = Fault<'bad-type'>;

/**
 * Reads a type: `bool`, `u8` to `u64`, `s8` to `s64`, `f32`, `f64`, `string`, `value` (anything), `list<T>` (`list<u8>`
 * is bytes), `option<T>`, `result<T, E>` with `_` for nothing, or the name of a record.
 */
export type ReadType = (text: TypeText) => Result<Type, TypeFault>;

/** Reads types with these records, each of which is read once: a few dozen that double could else be billions. */
export function createTypeReader(records: readonly RecordType[] = []): ReadType {
  // Of equal names the first.
  const recordByName = new Map(records.toReversed().map((record) => [record.name, record]));
  const known = new Map<string, Nested>();
  return (text) => {
    const read = readWithin(text.trim(), { recordByName, known, within: [] });
    return read.ok ? ok(read.value.type) : read;
  };
}

/** What a value is not, with the path to where it isn't: `account.owner: expected string, got 5`. `null` when it fits. */
export function mismatchOf(value: Value, type: Type, path: string): string | null {
  const wrong = () => `${path}: expected ${typeToText(type)}, got ${valueToWords(value)}`;
  switch (type.kind) {
    case 'value':
      return null;
    case 'bool':
      return typeof value === 'boolean' ? null : wrong();
    case 'string':
      return typeof value === 'string' ? null : wrong();
    case 'bytes':
      return value instanceof Uint8Array ? null : wrong();
    case 'integer':
      return isInteger(value) && inRange(value, type) ? null : wrong();
    case 'float':
      return typeof value === 'number' || typeof value === 'bigint' ? null : wrong();
    case 'option':
      return value === null ? null : mismatchOf(value, type.of, path);
    case 'list':
      return Array.isArray(value)
        ? firstOf(value, (item: Value, index) => mismatchOf(item, type.of, `${path}[${index}]`))
        : wrong();
    case 'result':
      return mismatchOfResult(value, type, path) ?? null;
    case 'record': {
      if (!isValueMap(value)) return wrong();
      const extra = Object.keys(value).find((key) => type.fields.every(({ name }) => name !== key));
      if (extra !== undefined) return `${path}: ${type.name} has no field ${shorten(extra, 100)}`;
      return firstOf(type.fields, ({ name, type: fieldType }) =>
        mismatchOf(Object.hasOwn(value, name) ? (value[name] ?? null) : null, fieldType, `${path}.${name}`),
      );
    }
  }
}

/** Reads `0x…` as bytes wherever the type says bytes, all the way down; leaves the rest as it is. */
export function withBytes(value: Value, type: Type): Value {
  switch (type.kind) {
    case 'bytes':
      return typeof value === 'string' && hexPattern.test(value) ? hexToBytes(value.slice(2)) : value;
    case 'option':
      return value === null ? null : withBytes(value, type.of);
    case 'list':
      return Array.isArray(value) ? value.map((item: Value) => withBytes(item, type.of)) : value;
    case 'record': {
      if (!isValueMap(value)) return value;
      const typeByName = new Map(type.fields.map((field) => [field.name, field.type]));
      return Object.fromEntries(
        Object.entries(value).map(([key, field]) => {
          const fieldType = typeByName.get(key);
          return [key, fieldType === undefined ? field : withBytes(field, fieldType)];
        }),
      );
    }
    default:
      return value;
  }
}

export function typeToText(type: Type): TypeText {
  switch (type.kind) {
    case 'integer':
      return `${type.signed ? 's' : 'u'}${type.bits}`;
    case 'float':
      return `f${type.bits}`;
    case 'bytes':
      return 'list<u8>';
    case 'list':
    case 'option':
      return `${type.kind}<${typeToText(type.of)}>`;
    case 'result':
      return `result<${[type.value, type.error].map((part) => (part === null ? '_' : typeToText(part))).join(', ')}>`;
    case 'record':
      return type.name;
    default:
      return type.kind;
  }
}

/** Whether a value of the type goes in and out of wasm as one of its own numbers. */
export const isScalarType = (type: Type): boolean =>
  type.kind === 'bool' || type.kind === 'integer' || type.kind === 'float';

const hexPattern = /^0x([0-9a-fA-F]{2})*$/;
const deepestType = 32;

/** A type with how many others stand in each other in it, itself included. */
interface Nested {
  readonly type: Type;
  readonly levels: number;
}

interface Reading {
  readonly recordByName: ReadonlyMap<string, RecordType>;
  readonly known: Map<string, Nested>;
  /** Texts of the types that it is read for, the outermost first. */
  readonly within: readonly string[];
}

function readWithin(text: TypeText, reading: Reading): Result<Nested, TypeFault> {
  const { within } = reading;
  const bad = (words: string) => err(fault('bad-type', `${JSON.stringify(text)} is not a type: ${words}`));
  if (within.length > deepestType) return bad('it is nested too deeply');
  const inner = (part: string) => readWithin(part, { ...reading, within: [...within, text] });
  const plain = (type: Type) => ok({ type, levels: 1 });

  const number = /^([usf])(8|16|32|64)$/.exec(text);
  if (number !== null) {
    const bits = Number(number[2]);
    if (number[1] !== 'f' && isIntegerWidth(bits))
      return plain({ kind: 'integer', bits, signed: number[1] === 's' });
    if (number[1] === 'f' && isFloatWidth(bits)) return plain({ kind: 'float', bits });
  }
  if (text === 'bool' || text === 'string' || text === 'value') return plain({ kind: text });
  if (text === 'list<u8>') return plain({ kind: 'bytes' });

  const generic = /^(list|option|result)<(.*)>$/.exec(text);
  const [, outer, arguments_ = ''] = generic ?? [];
  if (outer === 'list' || outer === 'option') {
    const of = inner(arguments_.trim());
    return of.ok ? ok({ type: { kind: outer, of: of.value.type }, levels: of.value.levels + 1 }) : of;
  }
  if (outer === 'result') {
    const parts = splitArguments(arguments_);
    if (parts.length !== 2) return bad('a result has two types');
    const [value, error] = parts.map((part) => (part === '_' ? ok(null) : inner(part)));
    if (value === undefined || error === undefined) return bad('a result has two types');
    if (!value.ok) return value;
    if (!error.ok) return error;
    return ok({
      type: { kind: 'result', value: value.value?.type ?? null, error: error.value?.type ?? null },
      levels: Math.max(value.value?.levels ?? 0, error.value?.levels ?? 0) + 1,
    });
  }

  const known = reading.known.get(text);
  if (known !== undefined) {
    return within.length + known.levels > deepestType + 1 ? bad('it is nested too deeply') : ok(known);
  }
  const record = reading.recordByName.get(text);
  if (record === undefined) return bad('no record of that name is declared');
  if (within.includes(text)) return bad('it holds itself');
  const fields: Field[] = [];
  let levels = 1;
  for (const { name, type } of record.fields) {
    const read = inner(type);
    if (!read.ok) return read;
    fields.push({ name, type: read.value.type });
    levels = Math.max(levels, read.value.levels + 1);
  }
  const nested: Nested = { type: { kind: 'record', name: text, fields }, levels };
  reading.known.set(text, nested);
  return ok(nested);
}

/** At the commas that stand outside all brackets. */
function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '<') depth++;
    if (character === '>') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

function mismatchOfResult(
  value: Value,
  type: Type & { readonly kind: 'result' },
  path: string,
): string | null {
  const keys = isValueMap(value) ? Object.keys(value) : [];
  const [key] = keys;
  if (!isValueMap(value) || keys.length !== 1 || (key !== 'ok' && key !== 'err')) {
    return `${path}: expected ${typeToText(type)} as {ok: …} or {err: …}, got ${valueToWords(value)}`;
  }
  const part = key === 'ok' ? type.value : type.error;
  const held = value[key] ?? null;
  if (part === null)
    return held === null ? null : `${path}.${key}: expected nothing, got ${valueToWords(held)}`;
  return mismatchOf(held, part, `${path}.${key}`);
}

const isIntegerWidth = (bits: number): bits is 8 | 16 | 32 | 64 => [8, 16, 32, 64].includes(bits);
const isFloatWidth = (bits: number): bits is 32 | 64 => bits === 32 || bits === 64;

const isInteger = (value: Value): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));

function inRange(
  value: number | bigint,
  { bits, signed }: { readonly bits: number; readonly signed: boolean },
): boolean {
  const top = 1n << BigInt(signed ? bits - 1 : bits);
  const exact = BigInt(value);
  return exact < top && exact >= (signed ? -top : 0n);
}

function firstOf<T>(items: readonly T[], find: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}

function valueToWords(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value.length > 40 ? 'a longer text' : JSON.stringify(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'a map' : String(value);
}
