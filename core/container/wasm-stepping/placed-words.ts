/** What stands in each place of the code: its own word, or one that makes the interpreter stop there. */
import { assert } from '../../base/result';
import { fusedLength, unfused } from './fusing';
import type { Interpreter } from './interpreter';
import { Op } from './operations';
import type { SteppingParts } from './parts';

export interface PlacedWords {
  /** The instruction's own operation, alone, whatever stands in its place. */
  operationAt(address: number): number;
  /** `null` puts its own word back. */
  place(address: number, word: number | null): void;
  /** Makes the interpreter stop just before an operation, until it is removed. One at a time. */
  placeStop(address: number): void;
  removeStop(): void;
}

/** Longer groups of instructions than this aren't run as one. */
const longestGroup = 3;

export function createPlacedWords(interpreter: Interpreter, { code, layout }: SteppingParts): PlacedWords {
  const { addresses, placeFrom } = code.map;
  const placedAt = new Map<number, number>();
  let stop: number | null = null;

  const ownWord = (address: number): number => code.words[(address - layout.code) >> 2] ?? 0;

  const isTaken = (address: number): boolean => address === stop || placedAt.has(address);

  function wordFor(address: number): number {
    if (address === stop) return Op.Stop;
    const placed = placedAt.get(address);
    if (placed !== undefined) return placed;
    const own = ownWord(address);
    const length = fusedLength(own);
    if (length === 1) return own;
    const first = placeFrom(address);
    for (let other = 1; other < length; other++) {
      if (isTaken(addresses[first + other] ?? 0)) return unfused(own);
    }
    return own;
  }

  /** Also of those before it that may be run together with it. */
  function refresh(address: number): void {
    const place = placeFrom(address);
    for (let back = 0; back < longestGroup; back++) {
      const at = addresses[place - back];
      if (at !== undefined) interpreter.setWord(at, wordFor(at));
    }
  }

  return {
    operationAt: (address) => unfused(ownWord(address)),
    place(address, word) {
      if (word === null) placedAt.delete(address);
      else placedAt.set(address, word);
      refresh(address);
    },
    placeStop(address) {
      assert(stop === null, 'one stop at a time');
      stop = address;
      refresh(address);
    },
    removeStop() {
      if (stop === null) return;
      const address = stop;
      stop = null;
      refresh(address);
    },
  };
}
