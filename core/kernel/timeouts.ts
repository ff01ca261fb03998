/**
 * The words that no reply came, held back until so many messages were delivered. A world and its history have to agree
 * on them, so both pass every receipt through here.
 */
import type { Receipt } from './receipt';
import type { Delivery } from './scheduler';

export interface Timeouts {
  /** How many are held back. */
  readonly size: number;
  all(): readonly Delivery[];
  /** Takes out those that are due when so many messages were delivered, soonest first. */
  due(time: number): readonly Delivery[];
  /** Takes out the one that will be due first: for when nothing else is on its way, so that no reply can come. */
  first(): Delivery | undefined;
  /**
   * Takes in those that a message sent. Returns the one that its delivery made needless, for it was the reply, or that
   * one itself.
   */
  pass(receipt: Receipt): Delivery | undefined;
  /** Another message took the place of one. */
  replaced(id: number, by: number): void;
}

interface Held {
  readonly delivery: Delivery;
  readonly due: number;
  /** The message that is waited for: the one that asked, and then its reply; `null` when none can come any more. */
  awaited: number | null;
  isReply: boolean;
}

export function createTimeouts(): Timeouts {
  /** Soonest first; those that are due together in the order in which they were sent. */
  const held: Held[] = [];
  const heldByAwaited = new Map<number, Held>();

  function take(start: number, count: number): readonly Delivery[] {
    return held.splice(start, count).map(({ delivery, awaited }) => {
      if (awaited !== null) heldByAwaited.delete(awaited);
      return delivery;
    });
  }

  function wait(one: Held, awaited: number | null): void {
    if (one.awaited !== null) heldByAwaited.delete(one.awaited);
    one.awaited = awaited;
    if (awaited !== null) heldByAwaited.set(awaited, one);
  }

  function hold({ index, sends, signal, depth }: Receipt): void {
    sends.forEach((message, ordinal) => {
      const asked = sends[ordinal - 1];
      if (message.heldFor === undefined || asked === undefined) return;
      const delivery = { message, cause: index, signal, depth: depth + 1 };
      const one: Held = { delivery, due: index + 1 + message.heldFor, awaited: null, isReply: false };
      held.splice(held.findLastIndex(({ due }) => due <= one.due) + 1, 0, one);
      wait(one, asked.id);
    });
  }

  function answer({ message, sends, outcome }: Receipt): Delivery | undefined {
    const own =
      message.heldFor === undefined
        ? -1
        : held.findIndex(({ delivery }) => delivery.message.id === message.id);
    if (own !== -1) return take(own, 1)[0];
    const one = heldByAwaited.get(message.id);
    if (one === undefined) return undefined;
    if (one.isReply) return take(held.indexOf(one), 1)[0];
    // What answers is sent last: the reply, or the word that nobody is there. After a trap nothing will come.
    const isAnswered = outcome.kind !== 'trap' && sends.length > 0;
    one.isReply = true;
    wait(one, isAnswered ? (sends.at(-1)?.id ?? null) : null);
    return undefined;
  }

  return {
    get size() {
      return held.length;
    },
    all: () => held.map(({ delivery }) => delivery),
    due(time) {
      const later = held.findIndex(({ due }) => due > time);
      return later === 0 ? none : take(0, later === -1 ? held.length : later);
    },
    first: () => take(0, 1)[0],
    pass(receipt) {
      const answered = held.length === 0 ? undefined : answer(receipt);
      hold(receipt);
      return answered;
    },
    replaced(id, by) {
      const one = heldByAwaited.get(id);
      if (one !== undefined) wait(one, by);
    },
  };
}

const none: readonly Delivery[] = [];
