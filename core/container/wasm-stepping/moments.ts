/** Keeps moments of a run, and goes back to them. What two of them have in common, they share. */
import { concatBytes } from '../../base/bytes';
import { type Hash, hashOf } from '../../base/hash';
import type { Interpreter } from './interpreter';
import { descriptorBytes, momentStart } from './layout';
import { PageFlag, Register, pageBits } from './operations';
import { type Pages, type Stretch, keepPages, noPages, pageBytes, putBackPages } from './pages';
import type { SteppingParts } from './parts';

/** The instance at a moment: all that lies in the interpreter's memory and is not the code's own. */
export interface InstanceMoment {
  /** Registers, globals and descriptors as they are. */
  readonly registers: Uint8Array;
  readonly stack: Pages;
  readonly memory: Pages;
  readonly tables: readonly Uint8Array[];
  /** The interpreter's count of changes that the tables were kept at. */
  readonly tableChanges: number;
  readonly byteLength: number;
}

export interface Moments {
  keep(): InstanceMoment;
  putBack(moment: InstanceMoment): void;
  digest(): Hash;
}

export function createMoments(
  interpreter: Interpreter,
  { layout, tableBounds, pages }: SteppingParts,
): Moments {
  const address = (at: number): number => interpreter.word(at) >>> 0;
  /** What was kept or put back last: pages and tables that did not change since are the same as its own. */
  let last: InstanceMoment | null = null;

  function memoryNow(): Stretch {
    const bytes = interpreter.bytes();
    return {
      bytes,
      start: layout.memory,
      length: interpreter.long(Register.memorySize),
      isChanged: (page) => ((bytes[layout.pageFlags + page] ?? 0) & PageFlag.clean) === 0,
    };
  }

  function stackNow(): Stretch {
    const lowest = address(Register.lowestFrame);
    return {
      bytes: interpreter.bytes(),
      start: layout.stack,
      length: address(Register.sp) === 0 ? 0 : address(Register.sp) + 8 - layout.stack,
      isChanged: (page) => layout.stack + (page + 1) * pageBytes > lowest,
    };
  }

  const tablesNow = (): Uint8Array[] =>
    tableBounds.map((_, index) => {
      const [contents, size] = [0, 4].map((part) => address(layout.tables + descriptorBytes * index + part));
      return interpreter.bytes().slice(contents, (contents ?? 0) + 4 * (size ?? 0));
    });

  /** From here on, changes are noted anew. Flags of pages that the memory doesn't have yet are cleared too. */
  function forgetChanges(): void {
    const flags = interpreter
      .bytes()
      .subarray(layout.pageFlags, layout.pageFlags + (pages << (16 - pageBits)));
    for (let page = 0; page < flags.length; page++) flags[page] = (flags[page] ?? 0) | PageFlag.clean;
    interpreter.setWord(Register.lowestFrame, address(Register.fp));
  }

  return {
    keep() {
      const tableChanges = interpreter.word(Register.tableChanges);
      const memory = keepPages(memoryNow(), last?.memory ?? noPages);
      const stack = keepPages(stackNow(), last?.stack ?? noPages);
      const isSameTables = last !== null && last.tableChanges === tableChanges;
      const tables = isSameTables ? (last?.tables ?? []) : tablesNow();
      const registers = interpreter.bytes().slice(momentStart, layout.momentEnd);
      const tableBytes = isSameTables ? 0 : tables.reduce((sum, { length }) => sum + length, 0);
      const byteLength = memory.copied + stack.copied + registers.length + tableBytes;
      last = { registers, stack: stack.pages, memory: memory.pages, tables, tableChanges, byteLength };
      forgetChanges();
      return last;
    },
    putBack(moment) {
      interpreter.reserve(layout.memory + moment.memory.length);
      putBackPages(memoryNow(), moment.memory, last?.memory ?? noPages);
      putBackPages(stackNow(), moment.stack, last?.stack ?? noPages);
      interpreter.bytes().set(moment.registers, momentStart);
      moment.tables.forEach((table, index) =>
        interpreter.bytes().set(table, address(layout.tables + descriptorBytes * index)),
      );
      const highest = Math.max(interpreter.long(Register.highest), moment.memory.length);
      interpreter.setLong(Register.highest, highest);
      const tableChanges = interpreter.word(Register.tableChanges) + 1;
      interpreter.setWord(Register.tableChanges, tableChanges);
      last = { ...moment, tableChanges };
      forgetChanges();
    },
    digest() {
      const { bytes, start, length } = memoryNow();
      const stack = stackNow();
      const parts = [
        bytes.subarray(momentStart, layout.momentEnd),
        bytes.subarray(stack.start, stack.start + stack.length),
        ...tablesNow(),
      ];
      for (let at = start; at < start + length; at += pageBytes) {
        const page = bytes.subarray(at, at + pageBytes);
        if (!isZero(page)) parts.push(Uint8Array.of(at >>> 24, at >>> 16, at >>> 8), page);
      }
      return hashOf(concatBytes(parts));
    },
  };
}

function isZero(page: Uint8Array): boolean {
  const words = new Int32Array(page.buffer, page.byteOffset, page.length >> 2);
  for (let index = 0; index < words.length; index++) if (words[index] !== 0) return false;
  return true;
}
