import type { Clock } from '../base/clock';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    if (milliseconds === 0) {
      const handle = setImmediate(run);
      return { dispose: () => clearImmediate(handle) };
    }
    const handle = setTimeout(run, milliseconds);
    return { dispose: () => clearTimeout(handle) };
  },
};
