/**
 * Values as text that can be read back without loss: JSON, and beside it integers of any size, bytes as bare `0x…`,
 * and keys without quotes where they are plain words. A float always shows a point or an exponent.
 */
import type { WireValue } from '../../../core/studio/protocol/wire';
import { bytesToBase64, bytesToHexText } from './bytes-text';
import { entriesOf, isList, isMap } from './value-kind';

/** On one line. */
export function valueToLine(value: WireValue): string {
  if (isList(value)) return `[${value.map(valueToLine).join(', ')}]`;
  if (!isMap(value)) return scalarToText(value);
  const fields = Object.entries(value).map(([key, item]) => `${keyToText(key)}: ${valueToLine(item)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** On several lines where one would be long. */
export function valueToText(value: WireValue, indent = ''): string {
  if (!isList(value) && !isMap(value)) return scalarToText(value);
  const line = valueToLine(value);
  if (indent.length + line.length <= 80) return line;
  const inner = `${indent}  `;
  const items = isList(value)
    ? value.map((item) => `${inner}${valueToText(item, inner)}`)
    : Object.entries(value).map(([key, item]) => `${inner}${keyToText(key)}: ${valueToText(item, inner)}`);
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

/** At most about `limit` characters, for a row; `…` stands for what was left out, of a list as by `more` elements before. */
export function valueToSummary(value: WireValue, limit = 80, more = 0): string {
  if (typeof value === 'string') {
    return value.length <= limit ? JSON.stringify(value) : `${JSON.stringify(value.slice(0, limit))}…`;
  }
  if (value instanceof Uint8Array) {
    const shown = Math.max(4, Math.floor(limit / 2));
    return value.length <= shown ? bytesToHexText(value) : `${bytesToHexText(value.subarray(0, shown))}…`;
  }
  if (!isList(value) && !isMap(value)) return scalarToText(value);
  const [open, close] = isList(value) ? ['[', ']'] : ['{ ', ' }'];
  const entries = isList(value) ? entriesOf(value) : Object.entries(value);
  const parts: string[] = [];
  let left = limit;
  for (const [label, item] of entries) {
    if (left <= 0) break;
    const part = `${isList(value) ? '' : `${keyToText(label)}: `}${valueToSummary(item, Math.min(left, 40))}`;
    parts.push(part);
    left -= part.length + 2;
  }
  const hidden = entries.length - parts.length + more;
  if (hidden > 0) parts.push(isList(value) ? `… ${hidden} more` : '…');
  return parts.length === 0 ? `${open}${close}`.replaceAll(' ', '') : `${open}${parts.join(', ')}${close}`;
}

/** dag-json: JSON that any JSON reader takes; bytes become `{"/":{"bytes":"…"}}`. */
export function valueToJson(value: WireValue): string {
  if (value instanceof Uint8Array) return `{"/":{"bytes":"${bytesToBase64(value)}"}}`;
  if (isList(value)) return `[${value.map(valueToJson).join(',')}]`;
  if (!isMap(value)) return scalarToText(value);
  const fields = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${valueToJson(item)}`);
  return `{${fields.join(',')}}`;
}

/** A whole number that is no safe integer is a float of the data model, and must not read as an integer. */
export function numberToText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

function scalarToText(value: null | boolean | number | bigint | string | Uint8Array): string {
  if (value instanceof Uint8Array) return bytesToHexText(value);
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' ? numberToText(value) : String(value);
}

const keyToText = (key: string): string => (/^[A-Za-z_$][\w$-]*$/.test(key) ? key : JSON.stringify(key));
