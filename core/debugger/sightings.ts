/** Which breakpoints are met where a machine stops. */
import { shorten } from '../base/shorten';
import type { NextImport } from '../container/wasm-stepping/machine';
import type { Breakpoints, MemoryRange, Stop, Until } from '../container/wasm-stepping/stop';
import type { Armed } from './armed';
import { lastSelected, nextSelected, selects } from './breakpoint';
import type { DebugCode } from './code';
import { datumToText } from './expression/datum';
import { holds } from './expression/evaluate';
import { scopeAt } from './expression/scope';
import { writeTemplate } from './expression/template';
import type { LoggedLines } from './logged-lines';
import type { Place, Timeline } from './timeline';

/** How often each of the armed was met up to a moment. */
export type Tally = readonly number[];

/** What a machine runs until to see them, and the places whose passes it counts. */
export interface Marks {
  readonly until: Pick<Until, 'imports' | 'memory'> & {
    readonly breakpoints: Breakpoints;
    readonly traps: true;
  };
  /** Of each of the armed. */
  readonly ofArmed: readonly (readonly number[])[];
  /** Of other places that it is to stop at. */
  readonly ofGoal: readonly number[];
}

/** A moment, or the Nth pass of some places since the marks were placed. */
export type LastPass = { readonly moment: number } | NthPass;

export interface NthPass {
  readonly places: readonly Place[];
  readonly nth: number;
}

export interface Met {
  readonly armed: Armed;
  /** Why its condition has no value, in words; then it isn't counted. */
  readonly reason: string | null;
}

/** Its times are passes of places, which the machine counts without stopping. */
export const isCounted = ({ places, when, log, breakpoint }: Armed): boolean =>
  places.length > 0 && when === null && log === null && (breakpoint.hits === null || places.length === 1);

const longestLine = 1000;

export function createSightings(armed: readonly Armed[], timeline: Timeline, code: DebugCode) {
  const { machine } = timeline;
  const calls = armed.flatMap(({ imports }) => imports);
  const memory = armed.flatMap((each) => each.memory ?? []);

  /** To stop at what it is the time for, by the times before, and at a goal. */
  const marksToStop = (tally: Tally, goal: readonly Place[] = []): Marks =>
    placeMarks(goal, ({ breakpoint: { hits } }, index) => {
      if (hits === null) return 'each';
      const time = tally[index] ?? 0;
      const next = nextSelected(hits, time);
      return next === null ? 'none' : next - time;
    });

  /** To go past those that are counted. */
  const marksToCount = (): Marks => placeMarks([], () => 'none');

  function placeMarks(
    goal: readonly Place[],
    stopCounted: (each: Armed, index: number) => 'each' | 'none' | number,
  ): Marks {
    const list: Breakpoints['list'][number][] = goal.map((place) => ({ ...place, stopAt: 'each' }));
    const ofGoal = list.map((_, mark) => mark);
    const ofArmed = armed.map((each, index) => {
      const stopAt = isCounted(each) ? stopCounted(each, index) : 'each';
      return each.places.map((place) => list.push({ ...place, stopAt }) - 1);
    });
    return {
      until: {
        breakpoints: machine.breakpoints(list),
        ...(calls.length > 0 ? { imports: { calls, when: 'before' } } : {}),
        ...(memory.length > 0 ? { memory } : {}),
        traps: true,
      },
      ofArmed,
      ofGoal,
    };
  }

  const isPassed = ({ until }: Marks, marks: readonly number[]): boolean =>
    marks.some((mark) => until.breakpoints.lastHit(mark) === timeline.count);

  const nextCall = (): NextImport | null => (calls.length > 0 ? machine.nextImport() : null);

  /** Those whose trigger is at the present moment, at which the machine stopped. */
  function triggered(stop: Stop, marks: Marks): readonly number[] {
    const isTrap = stop.kind === 'trap';
    const call = isTrap ? null : nextCall();
    return indicesOf((each, index) =>
      isTrap
        ? each.breakpoint.on.kind === 'trap'
        : isPassed(marks, marks.ofArmed[index] ?? []) ||
          isCalled(each, call) ||
          (stop.kind === 'memory' && each.memory !== null && overlap(each.memory, stop.written)),
    );
  }

  const isCalled = (each: Armed, call: NextImport | null): boolean =>
    call !== null && each.isCall(call, machine.environment);

  const indicesOf = (is: (each: Armed, index: number) => boolean): readonly number[] =>
    armed.flatMap((each, index) => (is(each, index) ? index : []));

  /**
   * Of those that are triggered, the ones that are met and whose time it is, by the times before. Counts on; but those that
   * the machine counts are counted by {@link countPasses}.
   */
  function meet(indices: readonly number[], tally: number[], marks: Marks | null): readonly Met[] {
    return indices.flatMap((index): readonly Met[] => {
      const each = armed[index];
      if (each === undefined) return [];
      const { when, breakpoint } = each;
      const held = when === null ? null : holds(when.expression, scopeAt(timeline, code, 0), when.source);
      if (held?.ok === false) return [{ armed: each, reason: held.error.message }];
      if (held?.value === false) return [];
      const before = tally[index] ?? 0;
      const passes = marks !== null && isCounted(each) ? passesOf(index, marks) : 0;
      const time = passes === 0 ? before + 1 : before + passes;
      if (passes === 0) tally[index] = time;
      return selects(breakpoint.hits, time) ? [{ armed: each, reason: null }] : [];
    });
  }

  const passesOf = (index: number, { until, ofArmed }: Marks): number =>
    (ofArmed[index] ?? []).reduce((sum, mark) => sum + until.breakpoints.hits(mark), 0);

  /** What the machine counted since the marks were placed, added to the times before; and when it was last their time. */
  function countPasses(tally: number[], marks: Marks): readonly LastPass[] {
    return armed.flatMap((each, index): readonly LastPass[] => {
      if (!isCounted(each)) return [];
      const { hits } = each.breakpoint;
      const before = tally[index] ?? 0;
      const now = before + passesOf(index, marks);
      tally[index] = now;
      const time = hits === null ? now : lastSelected(hits, now);
      if (time <= before) return [];
      if (time < now) return [{ places: each.places, nth: time - before }];
      const { breakpoints } = marks.until;
      return (marks.ofArmed[index] ?? []).map((mark) => ({ moment: breakpoints.lastHit(mark) ?? -1 }));
    });
  }

  /** Writes what log points have to say; whether any of the others is among them. */
  function writeLogs(met: readonly Met[], logged: LoggedLines): boolean {
    for (const {
      armed: { breakpoint, log },
      reason,
    } of met) {
      if (log === null) continue;
      const text =
        reason === null
          ? writeTemplate(log, scopeAt(timeline, code, 0), datumToText)
          : conditionFailed(reason);
      const line = { moment: timeline.count, breakpoint: breakpoint.id, text: shorten(text, longestLine) };
      logged.add(line);
    }
    return hasStop(met);
  }

  return {
    none: armed.map(() => 0) as Tally,
    /** Whether any of them may be met at another moment than the first and that of a trap. */
    isOnTheWay: armed.some(
      ({ places, imports, memory: range }) => places.length + imports.length > 0 || range !== null,
    ),
    marksToStop,
    marksToCount,
    countPasses,
    isPassed,
    triggered,
    triggeredAtStart: (passed: readonly boolean[]) => {
      const call = nextCall();
      return indicesOf(
        (each, index) =>
          each.breakpoint.on.kind === 'method' || passed[index] === true || isCalled(each, call),
      );
    },
    meet,
    writeLogs,
  };
}

export const hasStop = (met: readonly Met[]): boolean => met.some(({ armed }) => armed.log === null);

export const conditionFailed = (reason: string): string => `the condition has no value: ${reason}`;

const overlap = (left: MemoryRange, right: MemoryRange): boolean =>
  left.address < right.address + right.length && right.address < left.address + left.length;
