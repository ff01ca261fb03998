/** Places in the code that stand out: breakpoints, writes to watched globals, the one at which a run has to stop. */
import { assert } from '../../base/result';
import type { Interpreter } from './interpreter';
import { Op, Register, breakpointBytes } from './operations';
import type { SteppingParts } from './parts';
import type { PlacedWords } from './placed-words';
import type { Breakpoint, Breakpoints } from './stop';

export interface Marks {
  create(list: readonly Breakpoint[]): Breakpoints;
  /** In place of those that were placed before. Costs nothing when they are the same. */
  place(breakpoints: Breakpoints | undefined, globals: readonly number[]): void;
  /** Counts a pass that the interpreter didn't see, at the mark that is there; whether it may be one that stops. */
  passes(address: number): boolean;
  /** After the interpreter found that a mark stops: for which breakpoints, by their place in the list. */
  stopping(address: number): readonly number[];
  /** The watched global that the operation sets. */
  globalSetAt(address: number): number | null;
}

interface Mark {
  /** Where the interpreter counts its passes. */
  readonly record: number;
  /** Places in the list of breakpoints. */
  readonly members: number[];
  global: number | null;
}

/** Of one breakpoint: passes that were hits, and the interpreter's count at the last of them. */
interface Count {
  hits: number;
  spent: number;
}

/** A hit that no run comes to. */
const never = -1;

export function createMarks(
  interpreter: Interpreter,
  words: PlacedWords,
  { code, layout }: SteppingParts,
): Marks {
  const { map } = code;
  const stateOf = new WeakMap<
    Breakpoints,
    { readonly addresses: readonly number[]; readonly counts: Count[] }
  >();
  const markAt = new Map<number, Mark>();
  let placed: Breakpoints | undefined;
  let placedGlobals: readonly number[] = [];

  function addressOf({ at }: Breakpoint): number {
    if ('entryOf' in at) {
      const entry = code.functions[at.entryOf]?.entry ?? 0;
      assert(entry !== 0, `function ${at.entryOf} has code`);
      return entry;
    }
    const found = map.instructionFrom(at.offset);
    assert(found?.position.offset === at.offset, `there is an instruction at ${at.offset}`);
    return found.address;
  }

  const stateFor = (breakpoints: Breakpoints) => {
    const state = stateOf.get(breakpoints);
    assert(state !== undefined, 'breakpoints are used with the machine that made them');
    return state;
  };

  /** Alone at its place, a breakpoint is counted by the interpreter itself. */
  const isAlone = ({ members, global }: Mark): boolean => members.length === 1 && global === null;

  function writeRecord(address: number, mark: Mark): void {
    const { record, members } = mark;
    const [index] = members;
    const breakpoint = index === undefined || !isAlone(mark) ? undefined : placed?.list[index];
    const count =
      breakpoint === undefined || placed === undefined ? undefined : stateFor(placed).counts[index ?? 0];
    interpreter.setWord(record, words.operationAt(address));
    interpreter.setWord(record + 4, breakpoint?.depth ?? 2 ** 31 - 1);
    interpreter.setWord(record + 8, count?.hits ?? 0);
    interpreter.setWord(record + 12, breakpoint === undefined ? 0 : hitThatStops(breakpoint));
    interpreter.setLong(record + 16, count?.spent ?? 0);
  }

  function readCounts(): void {
    if (placed === undefined) return;
    const { counts } = stateFor(placed);
    for (const mark of markAt.values()) {
      const count = isAlone(mark) ? counts[mark.members[0] ?? 0] : undefined;
      if (count === undefined) continue;
      count.hits = interpreter.word(mark.record + 8) >>> 0;
      count.spent = interpreter.long(mark.record + 16);
    }
  }

  function removeAll(): void {
    readCounts();
    for (const address of markAt.keys()) words.place(address, null);
    markAt.clear();
  }

  function mark(address: number): Mark {
    const known = markAt.get(address);
    if (known !== undefined) return known;
    const record = layout.breakpoints + breakpointBytes * markAt.size;
    const created: Mark = { record, members: [], global: null };
    words.place(address, Op.Breakpoint + markAt.size);
    markAt.set(address, created);
    return created;
  }

  function markGlobalSets(globals: readonly number[]): void {
    const indexByAddress = new Map(globals.map((index) => [layout.globals + 8 * index, index]));
    for (const [place, address] of map.addresses.entries()) {
      const isInstruction = (map.rests[place] ?? 0) > 0;
      if (!isInstruction || words.operationAt(address) !== Op.GlobalSet) continue;
      const global = indexByAddress.get(interpreter.word(address + 4));
      if (global !== undefined) mark(address).global = global;
    }
  }

  const addressAt = (breakpoints: Breakpoints, index: number): number =>
    stateFor(breakpoints).addresses[index] ?? 0;

  return {
    create(list) {
      const counts = list.map(() => ({ hits: 0, spent: 0 }));
      const breakpoints: Breakpoints = {
        list,
        hits(index) {
          if (placed === breakpoints) readCounts();
          return counts[index]?.hits ?? 0;
        },
        lastHit(index) {
          if (placed === breakpoints) readCounts();
          const count = counts[index];
          if (count === undefined || count.hits === 0) return null;
          return count.spent - map.restAt(addressAt(breakpoints, index));
        },
        reset() {
          for (const count of counts) Object.assign(count, { hits: 0, spent: 0 });
          if (placed === breakpoints) for (const [address, each] of markAt) writeRecord(address, each);
        },
      };
      stateOf.set(breakpoints, { addresses: list.map(addressOf), counts });
      return breakpoints;
    },
    place(breakpoints, globals) {
      if (placed === breakpoints && placedGlobals.join() === globals.join()) return;
      removeAll();
      placed = breakpoints;
      placedGlobals = globals;
      if (breakpoints !== undefined) {
        stateFor(breakpoints).addresses.forEach((address, index) => mark(address).members.push(index));
      }
      if (globals.length > 0) markGlobalSets(globals);
      for (const [address, each] of markAt) writeRecord(address, each);
    },
    passes(address) {
      const found = markAt.get(address);
      return found !== undefined && interpreter.passes(found.record);
    },
    stopping(address) {
      const found = markAt.get(address);
      if (found === undefined || placed === undefined) return [];
      if (isAlone(found)) return found.members;
      const { counts } = stateFor(placed);
      const depth = interpreter.word(Register.depth);
      return found.members.filter((index) => {
        const breakpoint = placed?.list[index];
        const count = counts[index];
        if (breakpoint === undefined || count === undefined || depth > (breakpoint.depth ?? depth))
          return false;
        count.hits++;
        count.spent = interpreter.long(Register.spent);
        return breakpoint.stopAt === 'each' || breakpoint.stopAt === count.hits;
      });
    },
    globalSetAt: (address) => markAt.get(address)?.global ?? null,
  };
}

function hitThatStops({ stopAt }: Breakpoint): number {
  if (stopAt === 'each') return 0;
  return stopAt === 'none' ? never : stopAt;
}
