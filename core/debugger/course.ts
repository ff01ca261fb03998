/** A run from its beginning to its end, in a few hundred numbers. */
import { assert } from '../base/result';
import type { Steps } from './steps';
import type { RunEnd, Timeline } from './timeline';

/** What happened between one moment and the next one told, or the end. */
export interface Stretch {
  /** Its first moment. */
  readonly moment: number;
  /** Import calls, and messages that were queued. */
  readonly imports: number;
  readonly sends: number;
  /** Calls that were on at its first moment. */
  readonly depth: number;
}

export interface Course {
  readonly end: RunEnd;
  /** Of equal length, but for the last one. */
  readonly stretches: readonly Stretch[];
}

/** In at most so many stretches; in fewer when there are fewer moments. Leaves the present one. */
export function* courseOf(timeline: Timeline, most: number): Steps<Course> {
  const { machine } = timeline;
  yield* timeline.goTo(timeline.end?.count ?? Infinity);
  const { end } = timeline;
  assert(end !== null, 'a run has an end');
  const counted = () => ({ imports: machine.importCalls(), sends: machine.environment.sends.length });
  const length = Math.ceil(end.count / most);
  const stretches: Stretch[] = [];
  yield* timeline.goTo(0);
  for (let moment = 0; moment < end.count; moment += length) {
    const { depth } = machine.position();
    const before = counted();
    yield* timeline.goTo(Math.min(moment + length, end.count));
    const after = counted();
    stretches.push({
      moment,
      depth,
      imports: after.imports - before.imports,
      sends: after.sends - before.sends,
    });
  }
  return { end, stretches };
}
