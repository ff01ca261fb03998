import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../core/environment/address';
import { createScheduler } from '../../../core/kernel/schedule';
import {
  type Busy,
  type Delivery,
  type Schedule,
  type Scheduler,
  noneBusy,
} from '../../../core/kernel/scheduler';

const delivery = (id: number, to: number): Delivery => ({
  message: {
    id,
    from: null,
    to: `/${to}` as Address,
    method: 'm',
    args: Uint8Array.of(0x80),
    replyTo: null,
    gas: null,
  },
  cause: null,
  signal: null,
  depth: 0,
});

const schedules = fc.oneof(
  fc.constant<Schedule>('fifo'),
  fc.integer({ min: 0, max: 1000 }).map((seed): Schedule => ({ seed })),
);
const receivers = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 });

/** Accepts a message before each delivery while there are some left, then delivers the rest. */
function next(scheduler: Scheduler, time: number, busy: Busy = noneBusy): Delivery[] {
  const seen = scheduler.peek(time, busy);
  expect(scheduler.peek(time, busy)).toBe(seen);
  const chosen = scheduler.next(time, busy);
  expect(seen).toBe(chosen !== undefined && 'message' in chosen ? chosen : undefined);
  return chosen !== undefined && 'message' in chosen ? [chosen] : [];
}

function run(schedule: Schedule, tos: readonly number[]): Delivery[] {
  const scheduler = createScheduler(schedule);
  const delivered: Delivery[] = [];
  tos.forEach((to, id) => {
    scheduler.add(delivery(id, to));
    if (id % 3 === 2) delivered.push(...next(scheduler, delivered.length));
  });
  for (;;) {
    const [chosen] = next(scheduler, delivered.length);
    if (chosen === undefined) return delivered;
    delivered.push(chosen);
  }
}

describe('a scheduler', () => {
  it('delivers each message once, and those to one kernel in order', () => {
    fc.assert(
      fc.property(schedules, receivers, (schedule, tos) => {
        const delivered = run(schedule, tos);
        expect(delivered.map(({ message }) => message.id).toSorted((a, b) => a - b)).toEqual([...tos.keys()]);
        for (const to of new Set(tos)) {
          const ids = delivered
            .filter(({ message }) => message.to === `/${to}`)
            .map(({ message }) => message.id);
          expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('delivers by order of acceptance when it is fifo, however many there are', () => {
    const tos = Array.from({ length: 5000 }, (_, id) => id % 7);
    expect(run('fifo', tos).map(({ message }) => message.id)).toEqual([...tos.keys()]);
  });

  it('chooses alike with the same seed and otherwise with another', () => {
    const tos = Array.from({ length: 100 }, (_, id) => id % 10);
    const order = (seed: number) => run({ seed }, tos).map(({ message }) => message.id);
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
  });

  it('goes on as it would have after it was filled again with what was waiting', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), receivers, fc.nat(59), (seed, tos, stop) => {
        const whole = createScheduler({ seed });
        tos.forEach((to, id) => whole.add(delivery(id, to)));
        for (let time = 0; time < Math.min(stop, tos.length); time++) whole.next(time, noneBusy);
        const rest: Delivery[] = [];
        const time = Math.min(stop, tos.length);
        for (let at = time; whole.size > 0; at++) rest.push(...next(whole, at));
        const again = createScheduler({ seed });
        for (const waiting of rest.toSorted((a, b) => a.message.id - b.message.id)) again.add(waiting);
        const replayed = rest.map((_, index) => next(again, time + index)).flat();
        expect(replayed).toEqual(rest);
      }),
    );
  });

  it('passes over what is for busy kernels, which stays where it is', () => {
    fc.assert(
      fc.property(schedules, receivers, fc.uniqueArray(fc.nat(4)), (schedule, tos, taken) => {
        const busy = new Set(taken.map((to) => `/${to}` as Address));
        const scheduler = createScheduler(schedule);
        tos.forEach((to, id) => scheduler.add(delivery(id, to)));
        const delivered: Delivery[] = [];
        for (let [one] = next(scheduler, 0, busy); one !== undefined; [one] = next(scheduler, 0, busy)) {
          delivered.push(one);
        }
        expect(delivered.map(({ message }) => message.id).toSorted((a, b) => a - b)).toEqual(
          [...tos.keys()].filter((id) => !taken.includes(tos[id] ?? -1)),
        );
        expect(scheduler.waiting().map(({ message }) => message.id)).toEqual(
          [...tos.keys()].filter((id) => taken.includes(tos[id] ?? -1)),
        );
      }),
    );
  });
});
