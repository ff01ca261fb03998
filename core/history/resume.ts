/** Where a world goes on from after its end was read from the store: the messages that were still on their way. */
import type { BlockReader } from '../base/storage';
import { mailboxMethods } from '../environment/control';
import { interventionOf } from '../kernel/intervene';
import type { Receipt } from '../kernel/receipt';
import type { Delivery } from '../kernel/scheduler';
import { createTimeouts } from '../kernel/timeouts';
import type { WorldStart } from '../kernel/world';
import { emptyTree, openTree } from '../state/tree';
import type { Commits } from './commits';

export function worldStartOf(commits: Commits, length: number, blocks: BlockReader): WorldStart {
  if (length === 0) {
    return {
      tree: emptyTree,
      delivered: 0,
      nextMessageId: 0,
      pending: [],
      timeouts: createTimeouts(),
      acceptedBySignal: new Map(),
    };
  }
  const last = commits.containing(length - 1);
  const underway = createUnderway();
  const acceptedBySignal = new Map<number, number>();
  for (let index = firstUnsettled(commits, length); index < length; index++) {
    const receipt = commits.receipt(index);
    const { signal, sends } = receipt;
    acceptedBySignal.set(signal, (acceptedBySignal.get(signal) ?? 1) + sends.length);
    underway.pass(receipt);
  }
  return {
    tree: openTree(blocks, last.world),
    delivered: length,
    nextMessageId: last.nextMessageId,
    pending: underway.all(),
    timeouts: underway.timeouts,
    acceptedBySignal,
  };
}

/** What kernels had sent, or was put into mailboxes, and was not delivered yet when there were `length` receipts. */
export function waitingAt(commits: Commits, length: number): readonly Delivery[] {
  const underway = createUnderway();
  for (let index = firstUnsettled(commits, length); index < length; index++)
    underway.pass(commits.receipt(index));
  return underway.all();
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
    all: (): readonly Delivery[] => [...deliveryByPlace.values()],
  };
}
