/**
 * JSON for programs. Integers are exact at any width, bytes are `{ "/": { "bytes": BASE64 } }` and links are
 * `{ "/": CID }`, as in dag-json.
 */
import { assert } from '../base/result';
import { type Value, isLink, isValueMap } from '../base/value';

export function valueToJson(value: Value): string {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Uint8Array) {
    return `{"/":{"bytes":"${Buffer.from(value).toString('base64').replace(/=+$/, '')}"}}`;
  }
  if (isLink(value)) return `{"/":"${value.toString()}"}`;
  if (isValueMap(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${valueToJson(item)}`)
      .join(',')}}`;
  }
  return `[${value.map(valueToJson).join(',')}]`;
}

/** One JSON document, written as it comes about: what is open is closed in order, one element of a list to a line. */
export interface JsonWriter {
  /** A member of the open map, or with `null` an element of the open list. */
  add(key: string | null, value: Value): Promise<void>;
  open(key: string | null, kind: 'map' | 'list'): Promise<void>;
  close(): Promise<void>;
}

export function createJsonWriter(write: (text: string) => Promise<void>): JsonWriter {
  const open: { readonly kind: 'map' | 'list'; count: number }[] = [];

  function before(key: string | null): string {
    const level = open.at(-1);
    if (level === undefined) return '';
    const comma = level.count++ === 0 ? '' : ',';
    const line = level.kind === 'list' ? `\n${'  '.repeat(open.length)}` : '';
    return `${comma}${line}${key === null ? '' : `${JSON.stringify(key)}:`}`;
  }

  return {
    add: (key, value) => write(`${before(key)}${valueToJson(value)}`),
    async open(key, kind) {
      const start = before(key);
      open.push({ kind, count: 0 });
      await write(`${start}${kind === 'map' ? '{' : '['}`);
    },
    async close() {
      const level = open.pop();
      assert(level !== undefined, 'what is closed was open');
      await write(`${level.kind === 'map' ? '}' : ']'}${open.length === 0 ? '\n' : ''}`);
    },
  };
}
