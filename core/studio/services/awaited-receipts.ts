/** Waits for what becomes of messages: which receipt is that of a message, no matter in which order they are delivered. */
import type { Disposable } from '../../base/disposal';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Branch } from '../../history/branch';
import { interventionOf } from '../../kernel/intervene';
import { mailboxMethods } from '../../environment/control';
import type { Receipt } from '../../kernel/receipt';

/** `null` for a message that was taken out of its mailbox. */
export type Delivered = { readonly receipt: number | null };

export interface AwaitedReceipts extends Disposable {
  /** Looks among receipts from `after` on, and among those to come. A fault when it is cancelled, or the branch is left. */
  of(id: number, after: number, signal: AbortSignal): Promise<Result<Delivered, Fault>>;
}

interface Awaited {
  readonly id: number;
  /** The first receipt that was not looked at. */
  next: number;
  readonly settle: (result: Result<Delivered, Fault>) => void;
}

export function createAwaitedReceipts(branch: Branch): AwaitedReceipts {
  const awaited = new Set<Awaited>();

  function look(one: Awaited): void {
    for (; one.next < branch.length; one.next++) {
      const receipt = branch.receipt(one.next);
      if (receipt === undefined) return;
      const isIts = receipt.message.id === one.id;
      if (isIts || takesOut(receipt, one.id)) {
        one.settle(ok({ receipt: isIts ? receipt.index : null }));
        return;
      }
    }
  }

  const listener = branch.onCommit.on(() => awaited.forEach(look));

  return {
    of: (id, after, signal) =>
      new Promise((resolve) => {
        const cancel = () => one.settle(err(cancelled));
        const one: Awaited = {
          id,
          next: after,
          settle(result) {
            awaited.delete(one);
            signal.removeEventListener('abort', cancel);
            resolve(result);
          },
        };
        awaited.add(one);
        signal.addEventListener('abort', cancel);
        look(one);
      }),
    dispose() {
      listener.dispose();
      for (const { settle } of awaited) settle(err(left));
    },
  };
}

/** Whether it took a message out of its mailbox; what took its place is another message. */
function takesOut({ message, outcome }: Receipt, id: number): boolean {
  const intervention = outcome.kind === 'ok' ? interventionOf(message) : undefined;
  return intervention?.id === id && intervention.method !== mailboxMethods.duplicate;
}

const cancelled = fault('cancelled', 'nobody waits for it any more');
const left = fault('branch-left', 'another branch is worked on now', {
  remedy: 'look for its receipt in the timeline of its branch',
});
