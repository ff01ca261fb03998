/** Single steps through a run, by line or by instruction, on and back. Each ends at another moment, unless there is none. */
import type { DebugCode } from './code';
import { type LineStart, type SourcePlace, isSameLine } from './lines';
import { type Position, isAuthored, positionOf } from './position';
import type { Steps } from './steps';
import type { Place, Timeline } from './timeline';

export interface StepMove {
  readonly kind: 'in' | 'over' | 'out';
  readonly back: boolean;
  /** In code without lines, a line is an instruction. */
  readonly by: 'line' | 'instruction';
}

/** What ends a run to somewhere before it gets there. */
export type Interruption = 'breakpoint' | 'trap' | 'end';

/** Where a run is to go. */
export interface Goal {
  readonly places?: readonly Place[];
  /** Calls that are on are so many or fewer. */
  readonly depth?: number;
  readonly count?: number;
}

/** Runs on to a goal, from the present moment; `null` when it got there. */
export type Advance = (goal: Goal) => Steps<Interruption | null>;

export function createStepping(timeline: Timeline, code: DebugCode, advance: Advance) {
  const { lines } = code;
  const now = (): Position => positionOf(timeline, code);
  const authoredStarts = (): readonly LineStart[] =>
    lines?.starts.filter(({ place }) => isAuthored(place)) ?? [];
  const startsIn = (functionIndex: number): readonly LineStart[] => lines?.startsIn(functionIndex) ?? [];

  function* forward({ kind, by }: StepMove): Steps<Interruption | null> {
    const here = now();
    if (kind === 'out') return yield* afterReturn(yield* advance({ depth: here.depth - 1 }), by);
    if (by === 'instruction' || lines === null) {
      return yield* advance(kind === 'in' ? { count: here.count + 1 } : { depth: here.depth });
    }
    return isAuthored(here.place) && kind === 'over'
      ? yield* overLine(here, here.place)
      : yield* intoLine(here);
  }

  function* overLine(here: Position, line: SourcePlace): Steps<Interruption | null> {
    const others = startsIn(here.function).filter(({ place }) => !isSameLine(place, line));
    const goal = { places: others.map(atDepth(here.depth)), depth: here.depth - 1 };
    return yield* afterReturn(yield* advance(goal), 'line');
  }

  function* intoLine(here: Position): Steps<Interruption | null> {
    const others = authoredStarts().filter((start) => !isOfLine(start, here));
    // The same line again, when the function calls itself.
    const again: Place = { at: { entryOf: here.function } };
    const goal = { places: [...others.map(anywhere), again], depth: here.depth - 1 };
    const interruption = yield* advance(goal);
    const there = now();
    if (interruption === null && there.depth > here.depth && !startsHere(there)) {
      return yield* advance({ places: authoredStarts().map(anywhere), depth: here.depth });
    }
    return yield* afterReturn(interruption, 'line');
  }

  /** After a return it stands in the midst of a line; where that is none of the author's, it goes on to one that is. */
  function* afterReturn(interruption: Interruption | null, by: StepMove['by']): Steps<Interruption | null> {
    let met = interruption;
    while (met === null && by === 'line' && authoredStarts().length > 0 && !isAuthored(now().place)) {
      met = yield* advance({ places: authoredStarts().map(anywhere), depth: now().depth - 1 });
    }
    return met;
  }

  const startsHere = ({ function: index, offset }: Position): boolean =>
    startsIn(index).some((start) => start.offset === offset);

  /** Back: to which moment. It is not gone to yet. */

  function* backward({ kind, by }: StepMove): Steps<number> {
    const here = now();
    if (here.count === 0) return 0;
    const isByLine = by === 'line' && authoredStarts().length > 0;
    if (kind === 'out') return yield* authoredCallOf(here, isByLine);
    if (isByLine) return yield* backByLine(here, kind);
    return kind === 'in' ? here.count - 1 : yield* backOverInstruction(here);
  }

  function* backOverInstruction(here: Position): Steps<number> {
    let moment = here.count - 1;
    yield* timeline.goTo(moment);
    // What was called returned just before: back to its call.
    while (moment > 0 && now().depth > here.depth) {
      const [frame] = timeline.machine.frames(now().depth - here.depth - 1, 1);
      const entered = yield* timeline.lastPass(
        [{ at: { entryOf: frame?.position.function ?? 0 }, depth: here.depth + 1 }],
        { after: -1, before: moment + 1 },
      );
      moment = Math.max(0, (entered?.count ?? 0) - 1);
      yield* timeline.goTo(moment);
    }
    return moment;
  }

  function* backByLine(here: Position, kind: 'in' | 'over'): Steps<number> {
    const visit = here.place === null ? here.count : yield* visitStart(here, here.place);
    const isWithin = visit < here.count;
    if (isWithin && kind === 'over') return visit;
    if (!isWithin && (yield* isEntered(here))) return yield* callingLineOf(here, kind);
    const isOfTheFrame = kind === 'over' && isAuthored(here.place);
    const starts = isOfTheFrame ? startsIn(here.function) : authoredStarts();
    const others = starts.filter((start) => !isOfLine(start, here));
    const places = others.map(isOfTheFrame ? atDepth(here.depth) : anywhere);
    const last = yield* timeline.lastPass([...places, entryOf(here)], {
      after: isWithin ? visit : -1,
      before: here.count,
    });
    if (last === null) return isWithin ? visit : 0;
    if (last.place === others.length) return yield* callingLineOf(here, kind);
    yield* timeline.goTo(last.count);
    const there = now();
    return there.place === null ? last.count : yield* visitStart(there, there.place);
  }

  /** The line that called what is on now. Going in, its call when others that it made come before that one. */
  function* callingLineOf(here: Position, kind: 'in' | 'over'): Steps<number> {
    const call = yield* authoredCallOf(here, true);
    yield* timeline.goTo(call);
    const there = now();
    if (!isAuthored(there.place)) return call;
    const visit = yield* visitStart(there, there.place);
    const others = authoredStarts().filter((start) => !isOfLine(start, there));
    const window = { after: visit, before: call };
    const isFirst = kind === 'over' || (yield* timeline.lastPass(others.map(anywhere), window)) === null;
    return isFirst ? visit : call;
  }

  /** The call of what is on now; by line, the innermost one that the author wrote. The first moment without one. */
  function* authoredCallOf(here: Position, isByLine: boolean): Steps<number> {
    let moment = yield* callOf(here);
    while (moment > 0 && isByLine) {
      yield* timeline.goTo(moment);
      if (isAuthored(now().place)) break;
      moment = yield* callOf(now());
    }
    return moment;
  }

  function* callOf(here: Position): Steps<number> {
    let inner = here;
    while (inner.depth >= here.depth) {
      const entered = yield* timeline.lastPass([entryOf(inner)], { after: -1, before: inner.count + 1 });
      if (entered === null || entered.count === 0) return 0;
      yield* timeline.goTo(entered.count - 1);
      inner = now();
    }
    return inner.count;
  }

  function* isEntered(here: Position): Steps<boolean> {
    if (code.stepping.instructions(here.function)[0] !== here.offset) return false;
    const window = { after: here.count - 1, before: here.count + 1 };
    return (yield* timeline.lastPass([entryOf(here)], window)) !== null;
  }

  /** When the line was come to that is on now. */
  function* visitStart(here: Position, line: SourcePlace): Steps<number> {
    const starts = startsIn(here.function);
    const others = starts.filter(({ place }) => !isSameLine(place, line)).map(atDepth(here.depth));
    const left = yield* timeline.lastPass([...others, entryOf(here)], { after: -1, before: here.count + 1 });
    const same = starts.filter(({ place }) => isSameLine(place, line)).map(atDepth(here.depth));
    const window = { after: (left?.count ?? 0) - 1, before: here.count + 1 };
    return (yield* timeline.firstPass(same, window)) ?? here.count;
  }

  return { forward, backward };
}

const entryOf = ({ function: index, depth }: Position): Place => ({ at: { entryOf: index }, depth });

const isOfLine = (start: LineStart, { function: index, place }: Position): boolean =>
  start.function === index && place !== null && isSameLine(start.place, place);

const anywhere = ({ offset }: LineStart): Place => ({ at: { offset } });

const atDepth =
  (depth: number) =>
  ({ offset }: LineStart): Place => ({ at: { offset }, depth });
