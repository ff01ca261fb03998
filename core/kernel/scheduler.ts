import type { Message } from '../environment/message';

/** A message on its way, with what the world must know of where it came from. */
export interface Delivery {
  readonly message: Message;
  /** The receipt of the run that sent it; `null` for a signal. */
  readonly cause: number | null;
  /** The receipt of the signal it all began with; `null` for a signal itself. */
  readonly signal: number | null;
  /** How many messages lie between it and its signal. */
  readonly depth: number;
}

/** Holds the mailboxes and chooses what goes next. Never reorders what one kernel sent to one other. */
export interface Scheduler {
  readonly size: number;
  add(delivery: Delivery): void;
  /** Takes the next one out; `undefined` when there is none. */
  next(): Delivery | undefined;
}

/** In the order in which the world accepted them. */
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
  };
}
