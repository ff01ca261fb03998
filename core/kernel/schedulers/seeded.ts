import { hashOf } from '../../base/hash';
import { replaceIn } from '../mailboxes';
import type { Delivery, Scheduler } from '../scheduler';

/**
 * Draws one of the waiting messages and delivers the oldest in its mailbox. A draw depends on the seed and the time
 * alone, so a world that was opened again goes on as it would have.
 */
export function createSeededScheduler(seed: number): Scheduler {
  const waiting: Delivery[] = [];

  /** Its place; -1 when none is waiting. */
  function chosenAt(time: number): number {
    const drawn = waiting[draw(seed, time, waiting.length)];
    return drawn === undefined ? -1 : waiting.findIndex(({ message }) => message.to === drawn.message.to);
  }

  return {
    get size() {
      return waiting.length;
    },
    add: (delivery) => void waiting.push(delivery),
    next(time) {
      const chosen = chosenAt(time);
      return chosen === -1 ? undefined : waiting.splice(chosen, 1)[0];
    },
    peek: (time) => waiting[chosenAt(time)],
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
