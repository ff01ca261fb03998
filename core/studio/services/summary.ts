/** Values in one line, for lists where a glance has to do. */
import type { WireValue } from '../protocol/wire';

const longestSummary = 120;

/** `from: "alice", amount: 3`, cut with `…`. */
export function argumentsToSummary(
  args: readonly { readonly name: string; readonly value: WireValue }[],
): string {
  const line = createLine();
  args.forEach(({ name, value }, index) => {
    if (index > 0) line.add(', ');
    if (!/^\d/.test(name)) line.add(`${name}: `);
    addValue(line, value);
  });
  return line.text();
}

interface Line {
  readonly isFull: boolean;
  add(text: string): void;
  text(): string;
}

function createLine(): Line {
  let line = '';
  return {
    get isFull() {
      return line.length > longestSummary;
    },
    add: (text) => void (line.length > longestSummary || (line += text)),
    text: () => (line.length > longestSummary ? `${line.slice(0, longestSummary - 1)}…` : line),
  };
}

function addValue(line: Line, value: WireValue): void {
  if (line.isFull) return;
  if (typeof value === 'string') line.add(JSON.stringify(value.slice(0, longestSummary)));
  else if (typeof value !== 'object' || value === null) line.add(String(value));
  else if (value instanceof Uint8Array) line.add(bytesToSummary(value));
  else if (Array.isArray(value)) addList(line, value);
  else addMap(line, Object.entries(value));
}

function addList(line: Line, items: readonly WireValue[]): void {
  line.add('[');
  for (const [index, item] of items.entries()) {
    if (line.isFull) return;
    if (index > 0) line.add(', ');
    addValue(line, item);
  }
  line.add(']');
}

function addMap(line: Line, entries: readonly (readonly [string, WireValue])[]): void {
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === '/' && typeof only[1] === 'string') return line.add(only[1]);
  line.add('{ ');
  for (const [index, [key, value]] of entries.entries()) {
    if (line.isFull) return;
    line.add(`${index === 0 ? '' : ', '}${key}: `);
    addValue(line, value);
  }
  line.add(' }');
}

function bytesToSummary(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `0x${shown}${bytes.length > 16 ? '…' : ''}`;
}
