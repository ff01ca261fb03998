/** Messages that wait, by the kernels they wait for. For schedulers that take them out of turn. */
import { assert } from '../base/result';
import type { Address } from '../environment/address';
import type { Busy, Delivery, Turn } from './scheduler';

export interface Mailboxes {
  readonly size: number;
  add(delivery: Delivery): void;
  /** The one that was accepted first, of those for kernels that are not busy. */
  oldest(busy: Busy): Delivery | undefined;
  /** The first of one mailbox, or the first there from one sender. */
  oldestFor(turn: Turn): Delivery | undefined;
  /** Puts another to the same kernel in the place of one that waits, or takes that one out. */
  replace(waiting: Delivery, by: Delivery | null): void;
  /** In the order in which they were accepted. */
  all(): Delivery[];
}

export function createMailboxes(): Mailboxes {
  const byReceiver = new Map<Address, Delivery[]>();
  /** In the order of acceptance from `head` on; what was taken out of turn is in `taken` as well, and waits no more. */
  let queue: Delivery[] = [];
  let head = 0;
  const taken = new Set<Delivery>();

  /** Lets go of what was taken, in steps that cost a constant for each message. */
  function tidy(): void {
    for (let first = queue[head]; first !== undefined && taken.delete(first); first = queue[head]) head++;
    if ((head + taken.size) * 2 < queue.length || queue.length < 1024) return;
    queue = mailboxes.all();
    head = 0;
    taken.clear();
  }

  const mailboxes: Mailboxes = {
    get size() {
      return queue.length - head - taken.size;
    },
    add(delivery) {
      const { to } = delivery.message;
      const mailbox = byReceiver.get(to);
      if (mailbox === undefined) byReceiver.set(to, [delivery]);
      else mailbox.push(delivery);
      queue.push(delivery);
    },
    oldest: (busy) =>
      busy.size === 0 ? queue[head] : mailboxes.all().find(({ message }) => !busy.has(message.to)),
    oldestFor({ to, from }) {
      const mailbox = byReceiver.get(to);
      return from === undefined ? mailbox?.[0] : mailbox?.find(({ message }) => message.from === from);
    },
    replace(waiting, by) {
      const { to } = waiting.message;
      const mailbox = byReceiver.get(to) ?? [];
      replaceIn(mailbox, waiting, by);
      if (mailbox.length === 0) byReceiver.delete(to);
      if (by !== null) return replaceIn(queue, waiting, by);
      taken.add(waiting);
      tidy();
    },
    all: () => queue.slice(head).filter((delivery) => !taken.has(delivery)),
  };
  return mailboxes;
}

/** Those that may go next: the oldest of each sender to each receiver. */
export function oldestOfPairs(waiting: readonly Delivery[]): ReadonlySet<Delivery> {
  const oldest = new Map<string, Delivery>();
  for (const delivery of waiting) {
    const { from, to } = delivery.message;
    const pair = `${from ?? ''} ${to}`;
    if (!oldest.has(pair)) oldest.set(pair, delivery);
  }
  return new Set(oldest.values());
}

/** Puts another delivery in the place of one in a list, or takes that one out. */
export function replaceIn(list: Delivery[], waiting: Delivery, by: Delivery | null): void {
  const at = list.indexOf(waiting);
  assert(at !== -1, 'only what waits is replaced');
  if (by === null) list.splice(at, 1);
  else list[at] = by;
}
