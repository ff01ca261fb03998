import type { WireValue } from '../../../core/studio/protocol/wire';

export type ValueKind = 'null' | 'bool' | 'integer' | 'float' | 'string' | 'bytes' | 'link' | 'list' | 'map';

export type WireList = readonly WireValue[];
export type WireMap = { readonly [key: string]: WireValue };

/** Which of the kinds of the data model a value is. Numbers that are whole and safe are integers. */
export function kindOf(value: WireValue): ValueKind {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'float';
  if (typeof value === 'string') return 'string';
  if (value instanceof Uint8Array) return 'bytes';
  if (isList(value)) return 'list';
  return linkOf(value) === undefined ? 'map' : 'link';
}

export const isList = (value: WireValue): value is WireList => Array.isArray(value);

export const isMap = (value: WireValue): value is WireMap =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Uint8Array);

/** The CID that a link holds; `undefined` for any other value. */
export function linkOf(value: WireValue): string | undefined {
  if (!isMap(value)) return undefined;
  const [only, ...more] = Object.entries(value);
  return more.length === 0 && only?.[0] === '/' && typeof only[1] === 'string' ? only[1] : undefined;
}

/** The entries of a list (by index) or map (by key); none for a scalar. */
export function entriesOf(value: WireValue): readonly (readonly [label: string, value: WireValue])[] {
  if (isList(value)) return value.map((item, index) => [String(index), item]);
  return isMap(value) && linkOf(value) === undefined ? Object.entries(value) : [];
}

/** Same kind, same content; maps are the same in any order of keys. */
export function valuesEqual(left: WireValue, right: WireValue): boolean {
  if (Object.is(left, right)) return true;
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    return (
      left instanceof Uint8Array &&
      right instanceof Uint8Array &&
      left.length === right.length &&
      left.every((byte, index) => byte === right[index])
    );
  }
  if (isList(left) || isList(right)) {
    if (!isList(left) || !isList(right) || left.length !== right.length) return false;
    return left.every((item, index) => valuesEqual(item, right[index] ?? null));
  }
  if (!isMap(left) || !isMap(right)) return false;
  const entries = Object.entries(left);
  return (
    entries.length === Object.keys(right).length &&
    entries.every(([key, item]) => Object.hasOwn(right, key) && valuesEqual(item, right[key] ?? null))
  );
}
