/** Watched ranges of the guest's memory, and the writes to it that the interpreter doesn't see. */
import { assert } from '../../base/result';
import type { Interpreter } from './interpreter';
import { mostWatches } from './layout';
import { PageFlag, Register, pageBits } from './operations';
import type { SteppingParts } from './parts';
import type { MemoryRange } from './stop';

export interface MemoryWatch {
  /** In place of the ranges before. Throws for more than {@link mostWatches}. */
  set(ranges: readonly MemoryRange[]): void;
  /** Notes a write by an import. */
  note(address: number, length: number): void;
  /** The last write by an import that touched a watched range, and forgets it. */
  take(): MemoryRange | null;
  /** The write at which the interpreter stopped. */
  seen(): MemoryRange;
}

export function createMemoryWatch(interpreter: Interpreter, { layout, pages }: SteppingParts): MemoryWatch {
  let watched: readonly MemoryRange[] = [];
  let noted: MemoryRange | null = null;

  function forEachPage({ address, length }: MemoryRange, visit: (flagAt: number) => void): void {
    const last = Math.min((address + length - 1) / 2 ** pageBits, (pages << (16 - pageBits)) - 1);
    for (let page = Math.floor(address / 2 ** pageBits); page <= last; page++) visit(layout.pageFlags + page);
  }

  function setFlag(ranges: readonly MemoryRange[], isWatched: boolean): void {
    const bytes = interpreter.bytes();
    for (const range of ranges) {
      forEachPage(range, (at) => {
        const flag = (bytes[at] ?? 0) & PageFlag.clean;
        bytes[at] = isWatched ? flag | PageFlag.watched : flag;
      });
    }
  }

  return {
    set(ranges) {
      noted = null;
      if (ranges === watched || (ranges.length === 0 && watched.length === 0)) return;
      const nonEmpty = ranges.filter(({ length }) => length > 0);
      assert(nonEmpty.length <= mostWatches, `at most ${mostWatches} ranges are watched`);
      setFlag(watched, false);
      setFlag(nonEmpty, true);
      watched = ranges;
      nonEmpty.forEach(({ address, length }, index) => {
        interpreter.setLong(layout.watches + 16 * index, address);
        interpreter.setLong(layout.watches + 16 * index + 8, address + length);
      });
      interpreter.setWord(Register.watchCount, nonEmpty.length);
    },
    note(address, length) {
      const bytes = interpreter.bytes();
      forEachPage({ address, length }, (at) => void (bytes[at] = (bytes[at] ?? 0) & PageFlag.watched));
      const isWatched = watched.some(
        (range) => range.address < address + length && address < range.address + range.length,
      );
      if (isWatched) noted = { address, length };
    },
    take() {
      const taken = noted;
      noted = null;
      return taken;
    },
    seen: () => ({
      address: interpreter.long(Register.writtenAt),
      length: interpreter.long(Register.writtenLength),
    }),
  };
}
