import type { Address } from '../environment/address';
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

/** Kernels that take nothing now, each busy with a message that was chosen before: what is for them stays. */
export type Busy = ReadonlySet<Address>;

export const noneBusy: Busy = new Set();

/** Holds the mailboxes and chooses what goes next. Never reorders what one kernel sent to one other. */
export interface Scheduler {
  readonly size: number;
  add(delivery: Delivery): void;
  /**
   * Takes the next one out, or says what is to be done to one that stays; `undefined` when nothing is to be done,
   * whether or not some are waiting. `time` is the number of messages delivered so far.
   */
  next(time: number, busy: Busy): Delivery | ScheduledIntervention | undefined;
  /** The one that {@link Scheduler.next} would take out, which stays; `undefined` also when something else is to be done. */
  peek(time: number, busy: Busy): Delivery | undefined;
  /** All that wait, in the order in which they were accepted. */
  waiting(): readonly Delivery[];
  /** Puts another message to the same kernel in the place of one that waits, or takes that one out. */
  replace(waiting: Delivery, by: Delivery | null): void;
}

/** What a schedule does to a waiting message. */
export interface ScheduledIntervention {
  readonly intervention: 'drop' | 'duplicate';
  readonly id: number;
}

/**
 * Which mailbox goes next: the one whose message was accepted first, the one that somebody asks for, one drawn at
 * random from a seed, or those that were written down.
 */
export type Schedule = LastingSchedule | Replay;

export type LastingSchedule = 'fifo' | 'manual' | { readonly seed: number };

/** One that somebody asks for: a list begins when it is its turn. */
export type ChosenSchedule = LastingSchedule | Omit<Replay, 'start'>;

export const isList = <S extends Schedule | ChosenSchedule>(
  schedule: S | undefined,
): schedule is Extract<S, { readonly deliveries: readonly Turn[] }> =>
  typeof schedule === 'object' && 'deliveries' in schedule;

/** Deliveries that were written down, one after the other; before and after them, first in, first out. */
export interface Replay {
  /** How many messages are delivered before the first of them. */
  readonly start: number;
  readonly deliveries: readonly Turn[];
}

/** Whose turn it is: the oldest message in the mailbox of the kernel `to`, or the oldest there from one sender. */
export interface Turn {
  readonly to: Address;
  /** `null` for signals; without it, whoever sent it. */
  readonly from?: Address | null;
  /** What is done to that message in place of its delivery. */
  readonly intervention?: 'drop' | 'duplicate';
}
