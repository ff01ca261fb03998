/** Where a world goes on from after its end was read from the store: the messages that were still on their way. */
import type { BlockReader } from '../base/storage';
import type { Delivery } from '../kernel/scheduler';
import type { WorldStart } from '../kernel/world';
import { emptyTree, openTree } from '../state/tree';
import type { Commits } from './commits';

export function worldStartOf(commits: Commits, length: number, blocks: BlockReader): WorldStart {
  if (length === 0) {
    return { tree: emptyTree, delivered: 0, nextMessageId: 0, pending: [], acceptedBySignal: new Map() };
  }
  const last = commits.containing(length - 1);
  const underway = new Map<number, Delivery>();
  const acceptedBySignal = new Map<number, number>();
  for (let index = firstUnsettled(commits, length); index < length; index++) {
    const { message, signal, depth, sends } = commits.receipt(index);
    underway.delete(message.id);
    acceptedBySignal.set(signal, (acceptedBySignal.get(signal) ?? 1) + sends.length);
    for (const sent of sends)
      underway.set(sent.id, { message: sent, cause: index, signal, depth: depth + 1 });
  }
  return {
    tree: openTree(blocks, last.world),
    delivered: length,
    nextMessageId: last.nextMessageId,
    pending: [...underway.values()],
    acceptedBySignal,
  };
}

/** The first receipt after which messages have been on their way without a break. */
function firstUnsettled(commits: Commits, length: number): number {
  let end = length;
  while (end > 0) {
    const { first, pending } = commits.containing(end - 1);
    if (pending === 0) break;
    end = first;
  }
  return end;
}
