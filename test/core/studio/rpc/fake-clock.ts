import type { Clock } from '../../../../core/base/clock';

/** A clock that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
}

export function createFakeClock(): FakeClock {
  let now = 0;
  const alarms = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(milliseconds, run) {
      const alarm = { at: now + milliseconds, run };
      alarms.add(alarm);
      return { dispose: () => void alarms.delete(alarm) };
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...alarms]
          .filter(({ at }) => at <= end)
          .toSorted((left, right) => left.at - right.at);
        if (next === undefined) break;
        alarms.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}
