/** Values of the world as they cross to a window, and back. */
import { CID } from 'multiformats/cid';
import { type Value, decodeValue, isLink, isValueMap } from '../../base/value';
import type { Fault, Position } from '../../base/fault';
import type { ContractInterface } from '../../contracts/interface';
import type { Answer } from '../../environment/answer';
import {
  type GivenAnswer,
  type WireBytes,
  type WireData,
  type WireFault,
  type WireValue,
  previewBytes,
} from '../protocol/wire';

/** The first bytes, copied so that what they were a part of can go. */
export const bytesToWire = (bytes: Uint8Array, most: number = previewBytes): WireBytes => ({
  bytes: bytes.slice(0, most),
  length: bytes.length,
});

/** With the value that the bytes hold, when they are a whole dag-cbor value that is no longer than what is shown. */
export function dataToWire(bytes: Uint8Array, most: number = previewBytes): WireData {
  const data = bytesToWire(bytes, most);
  if (bytes.length > most) return { data };
  const value = decodeValue(bytes);
  return value.ok ? { data, value: valueToWire(value.value) } : { data };
}

/** Whole: for values that are known to be small. */
export const valueToWire = (value: Value): WireValue => cutValue(value, { room: Infinity });

/** The beginning of a value that may be large: long texts, bytes and lists end early, and texts say so. */
export const valueToPreview = (value: Value): WireValue => cutValue(value, { room: previewBytes });

export function answerToWire(answer: Answer): GivenAnswer {
  const calls = { import: answer.import, ...(answer.call === undefined ? {} : { call: answer.call }) };
  return 'fail' in answer
    ? { ...calls, fail: answer.fail }
    : { ...calls, value: valueToPreview(answer.value) };
}

/** A map of the one key `/` is a link when it holds a CID. */
export function wireToValue(wire: WireValue): Value {
  if (typeof wire !== 'object' || wire === null || wire instanceof Uint8Array) return wire;
  if (Array.isArray(wire)) return wire.map(wireToValue);
  const entries: readonly (readonly [string, WireValue])[] = Object.entries(wire);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === '/' && typeof only[1] === 'string') {
    const link = textToLink(only[1]);
    if (link !== null) return link;
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, wireToValue(value)]));
}

export const faultToWire = ({ code, message, position, remedy }: Fault): WireFault => ({
  code,
  message,
  ...(position === undefined ? {} : { position: positionToWire(position) }),
  ...(remedy === undefined ? {} : { remedy }),
});

const positionToWire = (position: Position): NonNullable<WireFault['position']> => ({ ...position });

export const interfaceToWire = ({ kernelscope, doc, methods, records }: ContractInterface) => ({
  kernelscope,
  ...(doc === undefined ? {} : { doc }),
  methods: methods.map(({ params, ...method }) => ({ ...method, params: [...params] })),
  records: records.map(({ name, fields }) => ({ name, fields: [...fields] })),
});

function cutValue(value: Value, budget: { room: number }): WireValue {
  budget.room -= 8;
  if (typeof value === 'string') return cutText(value, budget);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) {
    const shown = value.slice(0, Math.max(0, budget.room));
    budget.room -= shown.length;
    return shown;
  }
  if (isLink(value)) return { '/': value.toString() };
  if (isValueMap(value)) {
    const entries: (readonly [string, WireValue])[] = [];
    for (const [key, inner] of Object.entries(value)) {
      if (budget.room <= 0) break;
      entries.push([cutText(key, budget), cutValue(inner, budget)]);
    }
    return Object.fromEntries(entries);
  }
  const items: WireValue[] = [];
  for (const item of value) {
    if (budget.room <= 0) break;
    items.push(cutValue(item, budget));
  }
  return items;
}

function cutText(text: string, budget: { room: number }): string {
  const room = Math.max(0, budget.room);
  budget.room -= text.length;
  return text.length <= room ? text : `${text.slice(0, room)}… (${text.length} characters)`;
}

function textToLink(text: string): CID | null {
  try {
    return CID.parse(text);
  } catch {
    return null;
  }
}
