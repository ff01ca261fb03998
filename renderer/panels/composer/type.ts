/** Types of an interface, read from their text: what a form has to know of them. */
import type { WireInterface } from '../../../core/studio/protocol/wire';

export type Type =
  | { readonly kind: 'integer'; readonly signed: boolean; readonly bits: number }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'bool' | 'string' | 'bytes' }
  | { readonly kind: 'list' | 'option'; readonly of: Type }
  | { readonly kind: 'result'; readonly ok: Type | null; readonly err: Type | null }
  /** By name alone: records may hold themselves, through a list or an option. */
  | { readonly kind: 'record'; readonly name: string }
  /** Anything at all; `note` says why when the interface named a type that can't be shown as a field. */
  | { readonly kind: 'value'; readonly note: string | null };

export interface Field {
  readonly name: string;
  readonly type: Type;
}

/** The records of one interface, with their types read. */
export type Records = ReadonlyMap<string, readonly Field[]>;

export function readRecords(contract: WireInterface | null): Records {
  const names = new Set(contract?.records.map(({ name }) => name));
  return new Map(
    contract?.records.map(({ name, fields }) => [
      name,
      fields.map((field) => ({ name: field.name, type: readType(field.type, names) })),
    ]),
  );
}

/** A type that is not known is a value of any kind: an interface may be newer than this window, or may lie. */
export function readType(text: string, records: { has(name: string): boolean }): Type {
  const compact = text.replaceAll(/\s/g, '');
  const type = compact.length <= maxTypeLength ? readPart({ text: compact, records, depth: 0 }) : undefined;
  return type ?? { kind: 'value', note: `${shorten(text)} is not a type known here: write any value` };
}

/** The type in the words of an interface. */
export function typeToText(type: Type): string {
  switch (type.kind) {
    case 'integer':
      return `${type.signed ? 's' : 'u'}${type.bits}`;
    case 'float':
      return `f${type.bits}`;
    case 'list':
    case 'option':
      return `${type.kind}<${typeToText(type.of)}>`;
    case 'result':
      return `result<${[type.ok, type.err].map((side) => (side === null ? '_' : typeToText(side))).join(', ')}>`;
    case 'record':
      return type.name;
    case 'bool':
    case 'string':
    case 'bytes':
    case 'value':
      return type.kind;
  }
}

const maxTypeLength = 400;
const maxTypeDepth = 16;

interface Part {
  readonly text: string;
  readonly records: { has(name: string): boolean };
  readonly depth: number;
}

function readPart({ text, records, depth }: Part): Type | undefined {
  if (depth > maxTypeDepth) return undefined;
  const named = readName(text, records);
  if (named !== undefined) return named;
  const [, outer, inside] = /^([a-z]+)<(.*)>$/.exec(text) ?? [];
  if (outer === undefined || inside === undefined) return undefined;
  const read = (part: string): Type | undefined => readPart({ text: part, records, depth: depth + 1 });
  const parts = splitArguments(inside);
  if (outer === 'result') return readResult(parts, read);
  const [of, ...more] = parts.map(read);
  if (of === undefined || more.length > 0) return undefined;
  if (outer === 'option') return { kind: 'option', of };
  if (outer !== 'list') return undefined;
  return of.kind === 'integer' && of.bits === 8 && !of.signed ? { kind: 'bytes' } : { kind: 'list', of };
}

function readName(text: string, records: Part['records']): Type | undefined {
  if (records.has(text)) return { kind: 'record', name: text };
  const integer = /^([usi])([1-9]\d{0,3})$/.exec(text);
  if (integer !== null) return { kind: 'integer', signed: integer[1] !== 'u', bits: Number(integer[2]) };
  const float = /^(?:f|float)(32|64)$/.exec(text);
  if (float !== null) return { kind: 'float', bits: float[1] === '32' ? 32 : 64 };
  if (text === 'bool' || text === 'string' || text === 'bytes') return { kind: text };
  if (text === 'value') return { kind: 'value', note: null };
  return undefined;
}

/** `result`, `result<T>`, `result<T,E>`; `_` stands for nothing. */
function readResult(parts: readonly string[], read: (part: string) => Type | undefined): Type | undefined {
  const [ok, failed, ...more] = parts.map((part) => (part === '_' ? null : read(part)));
  if (ok === undefined || more.length > 0) return undefined;
  if (parts.length > 1 && failed === undefined) return undefined;
  return { kind: 'result', ok, err: failed ?? null };
}

/** Splits at the commas that are inside no further brackets. */
function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>') depth--;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const shorten = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);
