/**
 * Looks out for breakpoints along a run, on and back. Whether one is met at a moment depends on the run alone, not on the
 * way there; so going on and going back stop at the same moments.
 */
import type { Stop } from '../container/wasm-stepping/stop';
import { type Outcome, outcomeToReason } from '../environment/outcome';
import { type Armed, armAll } from './armed';
import type { Breakpoint } from './breakpoint';
import type { DebugCode } from './code';
import { type Hit, triggerToWords } from './hit';
import { type LoggedLines, createLoggedLines } from './logged-lines';
import { type Met, type NthPass, type Tally, conditionFailed, createSightings, hasStop } from './sightings';
import type { Goal, Interruption } from './stepping';
import type { Steps } from './steps';
import type { Subject } from './subject';
import type { Timeline, Window } from './timeline';

export interface Lookout {
  /** In place of those before. */
  arm(breakpoints: readonly Breakpoint[]): void;
  /** Runs on to a goal, or to a breakpoint before it; `null` at the goal. Log points write on the way. */
  advance(goal: Goal): Steps<Interruption | null>;
  /** Runs on from the beginning, to the first breakpoint; that moment is looked at, too. */
  start(): Steps<Interruption | null>;
  /** The last moment in a window at which a breakpoint stops. Leaves the present moment. */
  lastStop(window: Window): Steps<number | null>;
  /** What stops at a moment; goes there. */
  hitsAt(count: number): Steps<readonly Hit[]>;
  /** The trap that running on would end with at once; `null` when it would not. */
  trapHere(): TrapOutcome | null;
  /** What was to come after a moment is no more. */
  forgetAfter(moment: number): void;
  readonly logged: LoggedLines;
}

type TrapOutcome = Outcome & { readonly kind: 'trap' };

/** Passes looked at in one step of the work. */
const passesInStep = 1000;

export function createLookout(
  timeline: Timeline,
  code: DebugCode,
  { message }: Pick<Subject, 'message'>,
): Lookout {
  const { machine } = timeline;
  const logged = createLoggedLines();
  let armed: readonly Armed[] = [];
  let sightings = createSightings(armed, timeline, code);
  /** At the beginning and at keyframes. */
  const tallyByCount = new Map<number, Tally>();

  const isAtEnd = (): boolean => timeline.end?.count === timeline.count;

  function* advance({ places: goal = [], ...until }: Goal): Steps<Interruption | null> {
    if (isAtEnd()) return 'end';
    const from = timeline.count;
    const tally = [...(yield* tallyAt(from))];
    yield* timeline.goTo(from);
    const marks = sightings.marksToStop(tally, goal);
    for (let passes = 1; ; passes++) {
      const stop = yield* timeline.run({ ...until, ...marks.until });
      // It stood before the trap already.
      if (stop.kind === 'trap' && timeline.count === from) yield* timeline.run({});
      if (isAtEnd()) return 'end';
      const met = sightings.meet(sightings.triggered(stop, marks), tally, marks);
      if (sightings.writeLogs(met, logged)) {
        if (!standsAtInstruction()) yield* timeline.run({});
        return 'breakpoint';
      }
      if (stop.kind === 'trap') return 'trap';
      if (isAt(until) || sightings.isPassed(marks, marks.ofGoal)) return null;
      if (passes % passesInStep === 0) yield timeline.count;
    }
  }

  function* start(): Steps<Interruption | null> {
    const tally = [...sightings.none];
    const met = yield* metAtStart(tally);
    const isTrap = trapIndices().length > 0 && trapHere() !== null;
    const trapped = isTrap ? sightings.meet(trapIndices(), tally, null) : [];
    return sightings.writeLogs([...met, ...trapped], logged) ? 'breakpoint' : yield* advance({});
  }

  const isAt = ({ count, depth }: Goal): boolean =>
    timeline.count === count || (depth !== undefined && machine.position().depth <= depth);

  /** Not so when the last instruction of all wrote to the memory. */
  function standsAtInstruction(): boolean {
    const { function: index, offset } = machine.position();
    return code.stepping.instructions(index).includes(offset);
  }

  function* lastStop(window: Window): Steps<number | null> {
    const { after, before } = window;
    const trap = trapCount();
    if (trap !== null && trap > after && trap < before) {
      yield* timeline.goTo(trap);
      if (hasStop(sightings.meet(trapIndices(), [...sightings.none], null))) return trap;
    }
    if (!sightings.isOnTheWay) return yield* stopAtStart(window);
    const found = yield* timeline.searchBack(window, function* ({ from, last }) {
      const tally = yield* tallyAt(from);
      yield* timeline.goTo(from);
      const { stop } = yield* sweep(last, tally);
      return stop !== null && stop > after ? stop : null;
    });
    return found ?? (yield* stopAtStart(window));
  }

  function* stopAtStart({ after, before }: Window): Steps<number | null> {
    if (after >= 0 || before <= 0) return null;
    return hasStop(yield* metAtStart([...sightings.none])) ? 0 : null;
  }

  /** The last moment before a trap that ends the run, as far as that is known. */
  const trapCount = (): number | null =>
    timeline.end?.result.outcome.kind === 'trap' ? timeline.end.count - 1 : null;

  const trapIndices = (): readonly number[] =>
    armed.flatMap(({ breakpoint }, index) => (breakpoint.on.kind === 'trap' ? index : []));

  /** Goes on to a moment and counts; also tells the last moment on the way at which something stops. */
  function* sweep(
    last: number,
    before: Tally,
  ): Steps<{ readonly tally: Tally; readonly stop: number | null }> {
    const from = timeline.count;
    const tally = [...before];
    const marks = sightings.marksToCount();
    let stop = -1;
    for (let passes = 1; timeline.count < last; passes++) {
      const reason = yield* timeline.run({ count: last, ...marks.until });
      if (hasStop(sightings.meet(sightings.triggered(reason, marks), tally, marks))) stop = timeline.count;
      if (passes % passesInStep === 0) yield timeline.count;
    }
    for (const pass of sightings.countPasses(tally, marks)) {
      stop = Math.max(stop, 'moment' in pass ? pass.moment : yield* momentOf(pass, from));
    }
    return { tally, stop: stop === -1 ? null : stop };
  }

  function* momentOf({ places, nth }: NthPass, from: number): Steps<number> {
    yield* timeline.goTo(from);
    const breakpoints = machine.breakpoints(places.map((place) => ({ ...place, stopAt: nth })));
    yield* timeline.run({ breakpoints });
    return timeline.count;
  }

  /** Up to a moment, itself included. Leaves the present moment. */
  function* tallyAt(moment: number): Steps<Tally> {
    if (armed.every(({ breakpoint }) => breakpoint.hits === null)) return sightings.none;
    let at = [...tallyByCount.keys()].reduce(
      (most, count) => (count > moment ? most : Math.max(most, count)),
      0,
    );
    let tally = tallyByCount.get(at);
    if (tally === undefined) {
      const atStart = [...sightings.none];
      yield* metAtStart(atStart);
      tally = atStart;
      tallyByCount.set(0, tally);
    }
    const between = timeline.keyframes.all.filter(({ count }) => count > at && count <= moment);
    for (const { count } of between) {
      yield* timeline.goTo(at);
      ({ tally } = yield* sweep(count, tally));
      tallyByCount.set(count, tally);
      at = count;
    }
    if (at === moment) return tally;
    yield* timeline.goTo(at);
    return (yield* sweep(moment, tally)).tally;
  }

  function* metAtStart(tally: number[]): Steps<readonly Met[]> {
    const passed: boolean[] = [];
    for (const { places } of armed) {
      passed.push((yield* timeline.lastPass(places, { after: -1, before: 1 })) !== null);
    }
    yield* timeline.goTo(0);
    return isAtEnd() ? [] : sightings.meet(sightings.triggeredAtStart(passed), tally, null);
  }

  function* hitsAt(count: number): Steps<readonly Hit[]> {
    const tally = [...(count === 0 ? sightings.none : yield* tallyAt(count - 1))];
    let stop: Stop | null = null;
    let met: readonly Met[];
    if (count === 0) {
      met = yield* metAtStart(tally);
    } else {
      yield* timeline.goTo(count - 1);
      const marks = sightings.marksToStop(tally);
      stop = yield* timeline.run({ count, ...marks.until });
      met = sightings.meet(sightings.triggered(stop, marks), tally, marks);
    }
    const written = stop?.kind === 'memory' ? stop.written : null;
    const trap = trapIndices().length === 0 ? null : stop?.kind === 'trap' ? stop.outcome : trapHere();
    if (trap !== null && stop?.kind !== 'trap') {
      met = [...met, ...sightings.meet(trapIndices(), tally, null)];
    }
    const { function: index, offset } = machine.position();
    const place = code.lines?.sourceOf(index, offset) ?? null;
    const reasonOfTrap = trap && outcomeToReason(trap);
    const sight = { written, call: machine.nextImport(), trap: reasonOfTrap, place, message };
    return met
      .filter((each) => each.armed.log === null)
      .map(({ armed: { breakpoint }, reason }) => {
        const words = triggerToWords(breakpoint.on, sight);
        return {
          breakpoint: breakpoint.id,
          words: reason === null ? words : `${words}; ${conditionFailed(reason)}`,
        };
      });
  }

  function trapHere(): TrapOutcome | null {
    if (isAtEnd() || !standsAtInstruction()) return null;
    const kept = machine.snapshot();
    const stop = machine.run({ count: timeline.count + 1, traps: true });
    machine.restore(kept);
    return stop.kind === 'trap' && stop.outcome.kind === 'trap' ? stop.outcome : null;
  }

  return {
    arm(breakpoints) {
      armed = armAll(breakpoints, code, message);
      sightings = createSightings(armed, timeline, code);
      tallyByCount.clear();
    },
    advance,
    start,
    lastStop,
    hitsAt,
    trapHere,
    forgetAfter(moment) {
      for (const known of tallyByCount.keys()) if (known >= moment) tallyByCount.delete(known);
      logged.forgetAfter(moment);
    },
    logged,
  };
}
