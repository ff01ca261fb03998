import { replaceIn } from '../mailboxes';
import type { Delivery, Scheduler } from '../scheduler';

/** Holds everything back: what goes is taken out by whoever asks for it. */
export function createManualScheduler(): Scheduler {
  const waiting: Delivery[] = [];
  return {
    get size() {
      return waiting.length;
    },
    add: (delivery) => void waiting.push(delivery),
    next: () => undefined,
    peek: () => undefined,
    waiting: () => waiting.slice(),
    replace: (old, by) => replaceIn(waiting, old, by),
  };
}
