import { replaceIn } from '../mailboxes';
import type { Delivery, Scheduler } from '../scheduler';

/** Delivers in the order of acceptance. */
export function createFifoScheduler(): Scheduler {
  let queue: Delivery[] = [];
  let head = 0;
  return {
    get size() {
      return queue.length - head;
    },
    add: (delivery) => void queue.push(delivery),
    next() {
      const delivery = queue[head];
      if (delivery === undefined) return undefined;
      head++;
      // Lets go of what was delivered, in steps that cost a constant for each message.
      if (head >= 1024 && head * 2 >= queue.length) {
        queue = queue.slice(head);
        head = 0;
      }
      return delivery;
    },
    peek: () => queue[head],
    waiting: () => queue.slice(head),
    replace: (waiting, by) => replaceIn(queue, waiting, by),
  };
}
