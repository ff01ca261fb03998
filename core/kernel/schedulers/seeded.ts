import { hashOf } from '../../base/hash';
import { replaceIn } from '../mailboxes';
import type { Busy, Delivery, Scheduler } from '../scheduler';

/**
 * Draws one of the waiting messages and delivers the oldest in its mailbox. A draw depends on the seed and the time
 * alone, so a world that was opened again goes on as it would have, as long as no kernel is busy.
 */
export function createSeededScheduler(seed: number): Scheduler {
  const waiting: Delivery[] = [];

  /** Its place; -1 when none may go. */
  function chosenAt(time: number, busy: Busy): number {
    const free = busy.size === 0 ? waiting : waiting.filter(({ message }) => !busy.has(message.to));
    const drawn = free[draw(seed, time, free.length)];
    return drawn === undefined ? -1 : waiting.findIndex(({ message }) => message.to === drawn.message.to);
  }

  return {
    get size() {
      return waiting.length;
    },
    add: (delivery) => void waiting.push(delivery),
    next(time, busy) {
      const chosen = chosenAt(time, busy);
      return chosen === -1 ? undefined : waiting.splice(chosen, 1)[0];
    },
    peek: (time, busy) => waiting[chosenAt(time, busy)],
    waiting: () => waiting.slice(),
    replace: (old, by) => replaceIn(waiting, old, by),
  };
}

/** An integer from 0 up to `below`, the same for the same seed and time. */
function draw(seed: number, time: number, below: number): number {
  const input = new DataView(new ArrayBuffer(16));
  input.setFloat64(0, seed);
  input.setFloat64(8, time);
  const digest = hashOf(new Uint8Array(input.buffer));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0) % below;
}
