/** Where a world goes on from after its end was read from the store: the messages that were still on their way. */
import type { BlockReader } from '../base/storage';
import { mailboxMethods } from '../environment/control';
import type { Message } from '../environment/message';
import { interventionOf } from '../kernel/intervene';
import type { Receipt } from '../kernel/receipt';
import type { Delivery } from '../kernel/scheduler';
import { type Timeouts, createTimeouts } from '../kernel/timeouts';
import type { WorldStart } from '../kernel/world';
import { emptyTree, openTree } from '../state/tree';
import type { Fork } from './beginning';
import type { Commits } from './commits';

/** The end of a branch that has `length` receipts. */
export function worldStartOf(commits: Commits, length: number, blocks: BlockReader): WorldStart {
  const fork = commits.lines.at(-1)?.fork ?? null;
  const end = fork?.first === length ? fork : length === 0 ? null : commits.containing(length - 1);
  const underway = underwayAt(commits, length);
  return {
    tree: end === null ? emptyTree : openTree(blocks, end.world),
    delivered: length,
    nextMessageId: end?.nextMessageId ?? 0,
    urgent: fork === null ? [] : fork.changes.slice(length - fork.first).map(signalDelivery),
    pending: underway.all(),
    timeouts: underway.timeouts,
    acceptedBySignal: acceptedAt(commits, length),
  };
}

/** What was in the mailboxes for the delivery after `length` receipts, as far as the history knows it. */
export function waitingAt(commits: Commits, length: number): readonly Delivery[] {
  const { all, timeouts } = underwayAt(commits, length);
  return [...all(), ...timeouts.due(length)];
}

/** What had been sent, and of signals what a fork has kept, and was not delivered when there were `length` receipts. */
export function underwayAt(commits: Commits, length: number): Underway {
  const underway = createUnderway();
  for (let index = firstUnsettled(commits, length); ; index++) {
    const fork = commits.forkAt(index);
    if (fork !== undefined) underway.goOnWith(fork);
    if (index >= length) return underway;
    underway.pass(commits.receipt(index));
  }
}

export interface Underway {
  /** In the order in which they were accepted. */
  all(): readonly Delivery[];
  readonly timeouts: Timeouts;
}

/** Messages accepted for each signal that may have some on their way. */
function acceptedAt(commits: Commits, length: number): ReadonlyMap<number, number> {
  const acceptedBySignal = new Map<number, number>();
  for (let index = firstUnsettled(commits, length); index < length; index++) {
    const { signal, sends } = commits.receipt(index);
    acceptedBySignal.set(signal, (acceptedBySignal.get(signal) ?? 1) + sends.length);
  }
  return acceptedBySignal;
}

/** The first receipt after which messages have been on their way without a break. */
function firstUnsettled(commits: Commits, length: number): number {
  let end = length;
  while (end > 0) {
    const commit = commits.containing(end - 1);
    if (commit.pending === 0 && commit.end === end) break;
    end = commit.first;
  }
  return end;
}

/** Messages on their way, in the order of their places: what takes the place of another stands where that one stood. */
function createUnderway() {
  const deliveryByPlace = new Map<number, Delivery>();
  /** Of messages that stand in the place of another; that of any other is its id. */
  const placeById = new Map<number, number>();
  const placeOf = (id: number): number => placeById.get(id) ?? id;
  const timeouts = createTimeouts();
  return {
    timeouts,
    pass(receipt: Receipt): void {
      const { message, index, signal, depth, sends } = receipt;
      for (const delivery of timeouts.due(index)) deliveryByPlace.set(delivery.message.id, delivery);
      timeouts.pass(receipt);
      deliveryByPlace.delete(placeOf(message.id));
      const intervention = receipt.outcome.kind === 'ok' ? interventionOf(message) : undefined;
      const { method, id = null } = intervention ?? {};
      for (const sent of sends) {
        if (sent.heldFor !== undefined) continue;
        if (method === mailboxMethods.replace && id !== null) {
          placeById.set(sent.id, placeOf(id));
          timeouts.replaced(id, sent.id);
        }
        deliveryByPlace.set(placeOf(sent.id), { message: sent, cause: index, signal, depth: depth + 1 });
      }
      if (method === mailboxMethods.drop && id !== null) deliveryByPlace.delete(placeOf(id));
    },
    /** Of signals, those wait that the fork says, each before what was accepted later. */
    goOnWith({ waiting }: Fork): void {
      const sent = [...deliveryByPlace].filter(([, { cause }]) => cause !== null);
      const signals = waiting.values();
      let signal = signals.next().value;
      const keepSignalsBefore = (place: number): void => {
        for (; signal !== undefined && signal.id < place; signal = signals.next().value)
          deliveryByPlace.set(signal.id, signalDelivery(signal));
      };
      deliveryByPlace.clear();
      for (const [place, delivery] of sent) {
        keepSignalsBefore(place);
        deliveryByPlace.set(place, delivery);
      }
      keepSignalsBefore(Infinity);
    },
    all: (): readonly Delivery[] => [...deliveryByPlace.values()],
  };
}

const signalDelivery = (message: Message): Delivery => ({ message, cause: null, signal: null, depth: 0 });
