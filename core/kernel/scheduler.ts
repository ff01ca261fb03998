import { hashOf } from '../base/hash';
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
  /** Takes the next one out; `undefined` when there is none. `time` is the number of messages delivered so far. */
  next(time: number): Delivery | undefined;
}

/** Which mailbox goes next: the one whose message was accepted first, or one drawn at random from a seed. */
export type Schedule = 'fifo' | { readonly seed: number };

export const createScheduler = (schedule: Schedule): Scheduler =>
  schedule === 'fifo' ? createFifoScheduler() : createSeededScheduler(schedule.seed);

function createFifoScheduler(): Scheduler {
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

/**
 * Draws one of the waiting messages and delivers the oldest in its mailbox. A draw depends on the seed and the time
 * alone, so a world that was opened again goes on as it would have.
 */
function createSeededScheduler(seed: number): Scheduler {
  const waiting: Delivery[] = [];
  return {
    get size() {
      return waiting.length;
    },
    add: (delivery) => void waiting.push(delivery),
    next(time) {
      const drawn = waiting[draw(seed, time, waiting.length)];
      if (drawn === undefined) return undefined;
      const oldest = waiting.findIndex(({ message }) => message.to === drawn.message.to);
      return waiting.splice(oldest, 1)[0];
    },
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
