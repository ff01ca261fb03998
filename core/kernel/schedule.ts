import type { Schedule, Scheduler } from './scheduler';
import { createFifoScheduler } from './schedulers/fifo';
import { createManualScheduler } from './schedulers/manual';
import { createReplayScheduler } from './schedulers/replay';
import { createSeededScheduler } from './schedulers/seeded';

/** The strategy that a schedule asks for, with empty mailboxes. */
export function createScheduler(schedule: Schedule): Scheduler {
  if (schedule === 'fifo') return createFifoScheduler();
  if (schedule === 'manual') return createManualScheduler();
  return 'seed' in schedule ? createSeededScheduler(schedule.seed) : createReplayScheduler(schedule);
}
