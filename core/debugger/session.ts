/** Stepping through the run of one message, on and back. */
import type { Fault } from '../base/fault';
import { type Result, ok } from '../base/result';
import type { CodePosition } from '../environment/outcome';
import type { DebugCode } from './code';
import { type Position, isAuthored, positionOf } from './position';
import { type Interruption, type StepMove, type Goal, createStepping } from './stepping';
import { type Steps, finish } from './steps';
import type { Subject } from './subject';
import { type Target, findTarget } from './target';
import { type Place, type RunEnd, type Timeline, createTimeline } from './timeline';

export type Move =
  | (StepMove & { readonly times: number })
  /** To the next breakpoint, or to the one before. */
  | { readonly kind: 'continue'; readonly back: boolean }
  | { readonly kind: 'to cursor'; readonly at: Target; readonly back: boolean }
  /** To the moment before the instruction of this number, from 0. */
  | { readonly kind: 'to count'; readonly count: number }
  /** To the Nth pass of a place, from 1. */
  | { readonly kind: 'to pass'; readonly at: Target; readonly nth: number }
  /** To the beginning; by line, to the first line that the author wrote. */
  | { readonly kind: 'restart'; readonly by: 'line' | 'instruction' }
  /** Just before the trap that ends it; to the end when none does. */
  | { readonly kind: 'to trap' }
  | { readonly kind: 'to end' };

/** Why it stands where it stands. */
export type Reason =
  | 'moved'
  | 'paused'
  /** There was nothing further on the way back. */
  | 'start'
  | Interruption;

export interface Session {
  readonly subject: Subject;
  readonly code: DebugCode;
  readonly timeline: Timeline;
  readonly end: RunEnd | null;
  position(): Position;
  /** Calls that are on, innermost first; none at the end. */
  frames(first: number, count: number): readonly CodePosition[];
  /** Ended before its end, it goes back to where it was. */
  move(move: Move): Steps<Result<Reason, Fault>>;
  /** Makes the move that is on end at its next step: where it came to, or where it began when it searches back. */
  pause(): void;
}

/** Bytes that keyframes may take. */
const keyframeBudget = 128 << 20;

/** Stands at the first instruction. */
export function createSession(subject: Subject, code: DebugCode): Session {
  const timeline = createTimeline({
    code: code.stepping,
    entry: subject.entry,
    environment: subject.environment(),
    budget: keyframeBudget,
  });
  const { machine } = timeline;
  const stepping = createStepping(timeline, code, advance);
  let isPausing = false;
  const isAtEnd = (): boolean => timeline.end !== null && timeline.count === timeline.end.count;

  function* advance({ places = [], ...until }: Goal): Steps<Interruption | null> {
    if (isAtEnd()) return 'end';
    const from = timeline.count;
    const breakpoints = machine.breakpoints(places.map((place) => ({ ...place, stopAt: 'each' as const })));
    let stop = yield* timeline.run({ ...until, breakpoints, traps: true });
    // It stood before the trap already.
    if (stop.kind === 'trap' && timeline.count === from) stop = yield* timeline.run({});
    return stop.kind === 'end' || stop.kind === 'trap' ? stop.kind : null;
  }

  function* step({ times, ...move }: StepMove & { readonly times: number }): Steps<Reason> {
    for (let time = 0; time < times; time++) {
      if (move.back) {
        yield* timeline.goTo(yield* stepping.backward(move));
        if (timeline.count === 0) return 'start';
      } else {
        const interruption = yield* stepping.forward(move);
        if (interruption !== null) return interruption;
      }
    }
    return 'moved';
  }

  function* backTo(places: readonly Place[]): Steps<Reason> {
    const last = yield* timeline.lastPass(places, { after: -1, before: timeline.count });
    yield* timeline.goTo(last?.count ?? 0);
    return last === null ? 'start' : 'moved';
  }

  function* toPass(places: readonly Place[], nth: number): Steps<Reason> {
    yield* timeline.goTo(0);
    let left = nth - ((yield* timeline.firstPass(places, { after: -1, before: 1 })) === null ? 0 : 1);
    for (; left > 0; left--) {
      const interruption = yield* advance({ places });
      if (interruption !== null) return interruption;
    }
    return 'moved';
  }

  /** To the first line that the author wrote, if there is one on the way. */
  function* restart(by: 'line' | 'instruction'): Steps<Reason> {
    yield* timeline.goTo(0);
    const isWritten = code.lines?.starts.some(({ place }) => isAuthored(place)) ?? false;
    if (by === 'instruction' || !isWritten || isAuthored(positionOf(timeline, code).place)) return 'moved';
    const interruption = yield* stepping.forward({ kind: 'in', back: false, by: 'line' });
    if (interruption !== null && interruption !== 'breakpoint') yield* timeline.goTo(0);
    return interruption === 'breakpoint' ? interruption : 'moved';
  }

  function* go(asked: Move): Steps<Result<Reason, Fault>> {
    switch (asked.kind) {
      case 'in':
      case 'over':
      case 'out':
        return ok(yield* step(asked));
      case 'continue':
        return ok(asked.back ? yield* backTo([]) : ((yield* advance({})) ?? 'moved'));
      case 'to cursor': {
        const found = findTarget(asked.at, code);
        if (!found.ok) return found;
        const { places } = found.value;
        return ok(asked.back ? yield* backTo(places) : ((yield* advance({ places })) ?? 'moved'));
      }
      case 'to pass': {
        const found = findTarget(asked.at, code);
        return found.ok ? ok(yield* toPass(found.value.places, asked.nth)) : found;
      }
      case 'to count':
        yield* timeline.goTo(asked.count);
        return ok(isAtEnd() ? 'end' : 'moved');
      case 'restart':
        return ok(yield* restart(asked.by));
      case 'to trap':
        yield* timeline.goTo(timeline.end?.count ?? Infinity);
        if (timeline.end?.result.outcome.kind !== 'trap') return ok('end');
        yield* timeline.goTo(timeline.end.count - 1);
        return ok('trap');
      case 'to end':
        yield* timeline.goTo(timeline.end?.count ?? Infinity);
        return ok('end');
    }
  }

  function* move(asked: Move): Steps<Result<Reason, Fault>> {
    const from = timeline.count;
    const steps = go(asked);
    let stays = false;
    isPausing = false;
    try {
      for (;;) {
        const step = steps.next();
        stays = step.done === true || (isPausing && !('back' in asked && asked.back));
        if (step.done === true) return step.value;
        if (isPausing) return ok('paused');
        yield step.value;
      }
    } finally {
      if (!stays) finish(timeline.goTo(from));
    }
  }

  return {
    subject,
    code,
    timeline,
    get end() {
      return timeline.end;
    },
    position: () => positionOf(timeline, code),
    frames: (first, count) => (isAtEnd() ? [] : machine.frames(first, count).map(({ position }) => position)),
    move,
    pause: () => void (isPausing = true),
  };
}
