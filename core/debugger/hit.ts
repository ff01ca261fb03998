/** A breakpoint that stops at a moment, and what of it was met. */
import type { MemoryRange } from '../container/wasm-stepping/stop';
import type { NextImport } from '../container/wasm-stepping/machine';
import type { Trigger } from './breakpoint';
import { datumToText, valueToDatum } from './expression/datum';

export interface Hit {
  /** Its id. */
  readonly breakpoint: number;
  readonly words: string;
}

/** What is to be seen at the moment, as far as there is any of it. */
export interface Sight {
  readonly written: MemoryRange | null;
  readonly call: NextImport | null;
  /** Why it traps, in words. */
  readonly trap: string | null;
  readonly place: { readonly file: string; readonly line: number } | null;
  readonly message: { readonly to: string; readonly method: string };
}

export function triggerToWords(on: Trigger, { written, call, trap, place, message }: Sight): string {
  switch (on.kind) {
    case 'line':
      return `${on.file}:${place?.line ?? on.line}`;
    case 'instruction':
      return `the instruction at ${hex(on.offset)}`;
    case 'function':
      return `${on.name} is called`;
    case 'import':
    case 'state':
      return call === null ? 'an import is called' : callToWords(call);
    case 'memory': {
      if (written === null) return 'it was written';
      const start = Math.max(on.address, written.address);
      const end = Math.min(on.address + on.length, written.address + written.length);
      return `${hex(start)}..${hex(end)} was written`;
    }
    case 'trap':
      return trap ?? 'it traps';
    case 'method':
      return `${message.method} of ${message.to}`;
  }
}

const hex = (number: number): string => `0x${number.toString(16)}`;

const callToWords = ({ set, name, args }: NextImport): string =>
  `${set}.${name}(${args.map((arg) => argumentToWords(arg.value)).join(', ')})`;

function argumentToWords(value: NextImport['args'][number]['value']): string {
  const text = datumToText(valueToDatum(value));
  return typeof value === 'string' ? JSON.stringify(text) : text;
}
