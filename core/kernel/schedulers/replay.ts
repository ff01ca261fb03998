import { createMailboxes } from '../mailboxes';
import type { Busy, Delivery, Replay, Scheduler } from '../scheduler';

/**
 * Delivers what a list says, and holds everything back when the mailbox that the list names is empty. Which entry of
 * the list is due depends on the time alone, so a world that was opened again goes on where it was.
 */
export function createReplayScheduler({ start, deliveries }: Replay): Scheduler {
  const mailboxes = createMailboxes();
  const turnAt = (time: number) => deliveries[time - start];

  /** The list goes on with the turn of a busy kernel once that is free. */
  function chosenAt(time: number, busy: Busy): Delivery | undefined {
    const turn = turnAt(time);
    if (turn === undefined) return mailboxes.oldest(busy);
    return busy.has(turn.to) ? undefined : mailboxes.oldestFor(turn);
  }

  return {
    get size() {
      return mailboxes.size;
    },
    add: mailboxes.add,
    next(time, busy) {
      const chosen = chosenAt(time, busy);
      if (chosen === undefined) return undefined;
      const intervention = turnAt(time)?.intervention;
      if (intervention !== undefined) return { intervention, id: chosen.message.id };
      mailboxes.replace(chosen, null);
      return chosen;
    },
    peek: (time, busy) => (turnAt(time)?.intervention === undefined ? chosenAt(time, busy) : undefined),
    waiting: mailboxes.all,
    replace: mailboxes.replace,
  };
}
