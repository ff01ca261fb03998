/** Reads back what value-text.ts writes, and any JSON. */
import { hexToBytes } from '../../../core/base/bytes';
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import type { WireValue } from '../../../core/studio/protocol/wire';

export type ValueTextFault = Fault<'not-a-value'>;

/** The fault's position is where reading stopped: offset, and line and column from 1. */
export function parseValue(text: string): Result<WireValue, ValueTextFault> {
  const reader = createReader(text);
  const value = readValue(reader, 0);
  if (value.ok && !reader.atEnd()) return reader.stop('there is more text after the value');
  return value;
}

/** An integer as the data model holds it: a number when safe, else a bigint. */
export const narrowInteger = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

/** Deeper than any contract's values go, and far from the end of the stack. */
const maxDepth = 200;

const tokens = {
  space: /\s+/y,
  string: /"(?:[^"\\]|\\.)*"/sy,
  bytes: /0x[0-9a-fA-F]*/y,
  number: /-?\d+(\.\d+)?([eE][+-]?\d+)?(?![\w.])/y,
  word: /[A-Za-z_$][\w$-]*/y,
};

type Reader = ReturnType<typeof createReader>;

function createReader(text: string) {
  let at = 0;
  const take = (token: RegExp): string | undefined => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  return {
    take,
    /** Takes one of the marks when it comes next, after any space. */
    takeMark(mark: string): boolean {
      take(tokens.space);
      const next = text.startsWith(mark, at);
      if (next) at += mark.length;
      return next;
    },
    atEnd(): boolean {
      take(tokens.space);
      return at === text.length;
    },
    stop(message: string, back = 0): Result<never, ValueTextFault> {
      const offset = at - back;
      const lines = text.slice(0, offset).split('\n');
      const position = { offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
      return err(
        fault('not-a-value', message, {
          position,
          remedy: 'values are written as JSON; bytes as 0x00ff, integers of any size as digits',
        }),
      );
    },
  };
}

function readValue(reader: Reader, depth: number): Result<WireValue, ValueTextFault> {
  if (depth > maxDepth) return reader.stop(`lists and maps are nested more than ${maxDepth} deep`);
  if (reader.atEnd()) return reader.stop('a value is missing here');
  if (reader.takeMark('[')) return readList(reader, depth);
  if (reader.takeMark('{')) return readMap(reader, depth);
  return readScalar(reader);
}

function readList(reader: Reader, depth: number): Result<WireValue, ValueTextFault> {
  const items: WireValue[] = [];
  while (!reader.takeMark(']')) {
    const item = readValue(reader, depth + 1);
    if (!item.ok) return item;
    items.push(item.value);
    if (reader.takeMark(',')) continue;
    if (reader.takeMark(']')) break;
    return reader.stop('the list goes on here without a comma, or its ] is missing');
  }
  return ok(items);
}

function readMap(reader: Reader, depth: number): Result<WireValue, ValueTextFault> {
  const entries = new Map<string, WireValue>();
  while (!reader.takeMark('}')) {
    const key = readKey(reader);
    if (!key.ok) return key;
    if (entries.has(key.value)) return reader.stop(`the key ${JSON.stringify(key.value)} is there twice`);
    if (!reader.takeMark(':')) return reader.stop('a key is followed by a colon');
    const item = readValue(reader, depth + 1);
    if (!item.ok) return item;
    entries.set(key.value, item.value);
    if (reader.takeMark(',')) continue;
    if (reader.takeMark('}')) break;
    return reader.stop('the map goes on here without a comma, or its } is missing');
  }
  return ok(Object.fromEntries(entries));
}

function readKey(reader: Reader): Result<string, ValueTextFault> {
  if (reader.atEnd()) return reader.stop('the map has no closing }');
  const word = reader.take(tokens.word);
  if (word !== undefined) return ok(word);
  const text = reader.take(tokens.string);
  return text === undefined ? reader.stop('a key is a word or a string in quotes') : readString(reader, text);
}

function readScalar(reader: Reader): Result<WireValue, ValueTextFault> {
  const text = reader.take(tokens.string);
  if (text !== undefined) return readString(reader, text);
  const hex = reader.take(tokens.bytes);
  if (hex !== undefined) {
    const whole = hex.length % 2 === 0;
    return whole ? ok(hexToBytes(hex.slice(2).toLowerCase())) : reader.stop('each byte is two hex digits');
  }
  const digits = reader.take(tokens.number);
  if (digits !== undefined) {
    return ok(/^-?\d+$/.test(digits) ? narrowInteger(BigInt(digits)) : Number(digits));
  }
  const word = reader.take(tokens.word);
  if (word === 'null') return ok(null);
  if (word === 'true' || word === 'false') return ok(word === 'true');
  if (word === undefined) return reader.stop('this is no value');
  return reader.stop(`${word} is no value; a string is written in double quotes`, word.length);
}

/** The escapes of JSON, with its words about what is wrong in them. */
function readString(reader: Reader, quoted: string): Result<string, ValueTextFault> {
  try {
    return ok(String(JSON.parse(quoted)));
  } catch {
    return reader.stop('this string has an escape or a line break that JSON does not know', quoted.length);
  }
}
