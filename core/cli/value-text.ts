/** Values in one line, for people. */
import { bytesToHex, hexToBytes, textToBytes } from '../base/bytes';
import { type Value, isLink, isValueMap } from '../base/value';

/** Bytes that are written out; of more, the first ones and how many there are. */
const mostBytes = 64;

export function valueToText(value: Value): string {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'string' ? visible(JSON.stringify(value)) : String(value);
  }
  if (value instanceof Uint8Array) return bytesToLine(value);
  if (isLink(value)) return value.toString();
  if (isValueMap(value)) {
    const members = Object.entries(value).map(([key, item]) => `${keyToText(key)}: ${valueToText(item)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return `[${value.map(valueToText).join(', ')}]`;
}

/** Control characters, with which a contract could make a terminal show what isn't so, as `\\u001b`. */
export const visible = (text: string): string =>
  text.replace(
    /\p{Cc}/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** A whole number; `12345` of gas is hard to read without its thousands. Asking the locale takes a tenth of a short command. */
export const countToText = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 message`, `2 messages`. */
export const amount = (count: number, noun: string): string =>
  `${countToText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** A key of a state tree: its text when it is one, else `0x…`. */
export function bytesToKeyText(key: Uint8Array): string {
  try {
    return strictUtf8.decode(key);
  } catch {
    return `0x${bytesToHex(key)}`;
  }
}

/** The key that is shown so: `0x…` is bytes, unless these would be shown as text. */
export function keyTextToBytes(text: string): Uint8Array {
  const bytes = /^0x([0-9a-f]{2})+$/.test(text) ? hexToBytes(text.slice(2)) : null;
  return bytes !== null && bytesToKeyText(bytes) === text ? bytes : textToBytes(text);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const keyToText = (key: string): string => (/^[\w.-]+$/.test(key) ? key : visible(JSON.stringify(key)));

function bytesToLine(bytes: Uint8Array): string {
  const shown = `0x${bytesToHex(bytes.subarray(0, mostBytes))}`;
  return bytes.length <= mostBytes ? shown : `${shown}… (${countToText(bytes.length)} bytes)`;
}
