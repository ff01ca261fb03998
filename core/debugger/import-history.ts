/** The import calls of a run, each with its moment: seen by running a part of it again, never kept. */
import type { ImportCall } from '../imports/trace';
import type { DebugCode } from './code';
import type { Steps } from './steps';
import type { Timeline } from './timeline';

export interface SeenImport {
  /** Just before the call. */
  readonly moment: number;
  readonly call: ImportCall;
}

/** So many stops at imports pass between two steps. */
const stopsInStep = 500;

/** At most `count` calls, from number `first` of the run on, that were made before a moment. Leaves the present one. */
export function* importCalls(
  timeline: Timeline,
  { imports: sets }: DebugCode,
  { first, count, before }: { readonly first: number; readonly count: number; readonly before: number },
): Steps<readonly SeenImport[]> {
  const { machine, keyframes } = timeline;
  const seen: SeenImport[] = [];
  const from = keyframes.all.findLast(
    ({ count: moment, kept }) => moment < before && kept.importCalls <= first,
  );
  if (from === undefined) return seen;
  yield* timeline.goTo(from.count);
  const observer = {
    onImport: (call: ImportCall) => void seen.push({ moment: machine.position().count, call }),
    onTrap: () => undefined,
  };
  const until = { count: before, imports: { calls: sets.map(({ name }) => name), when: 'after' as const } };
  try {
    for (let stops = 1; seen.length < count && timeline.count < before; stops++) {
      if (machine.importCalls() >= first) machine.observe(observer);
      if ((yield* timeline.run(until)).kind !== 'import') break;
      if (stops % stopsInStep === 0) yield timeline.count;
    }
  } finally {
    machine.observe(null);
  }
  return seen;
}
