import { replaceIn } from '../mailboxes';
import type { Busy, Delivery, Scheduler } from '../scheduler';

/** Delivers in the order of acceptance. */
export function createFifoScheduler(): Scheduler {
  let queue: Delivery[] = [];
  let head = 0;

  /** The place of the first that may go; past the end when none may. */
  function firstFree(busy: Busy): number {
    let place = head;
    if (busy.size > 0) while (place < queue.length && isFor(queue[place], busy)) place++;
    return place;
  }

  return {
    get size() {
      return queue.length - head;
    },
    add: (delivery) => void queue.push(delivery),
    next(_, busy) {
      const place = firstFree(busy);
      const delivery = queue[place];
      if (delivery === undefined) return undefined;
      if (place > head) queue.splice(place, 1);
      else head++;
      // Lets go of what was delivered, in steps that cost a constant for each message.
      if (head >= 1024 && head * 2 >= queue.length) {
        queue = queue.slice(head);
        head = 0;
      }
      return delivery;
    },
    peek: (_, busy) => queue[firstFree(busy)],
    waiting: () => queue.slice(head),
    replace: (waiting, by) => replaceIn(queue, waiting, by),
  };
}

const isFor = (delivery: Delivery | undefined, busy: Busy): boolean =>
  delivery !== undefined && busy.has(delivery.message.to);
