import { createMailboxes } from '../mailboxes';
import type { Delivery, Replay, Scheduler } from '../scheduler';

/**
 * Delivers what a list says, and holds everything back when the mailbox that the list names is empty. Which entry of
 * the list is due depends on the time alone, so a world that was opened again goes on where it was.
 */
export function createReplayScheduler({ start, deliveries }: Replay): Scheduler {
  const mailboxes = createMailboxes();
  const turnAt = (time: number) => deliveries[time - start];

  function chosenAt(time: number): Delivery | undefined {
    const turn = turnAt(time);
    return turn === undefined ? mailboxes.oldest() : mailboxes.oldestFor(turn);
  }

  return {
    get size() {
      return mailboxes.size;
    },
    add: mailboxes.add,
    next(time) {
      const chosen = chosenAt(time);
      if (chosen === undefined) return undefined;
      const intervention = turnAt(time)?.intervention;
      if (intervention !== undefined) return { intervention, id: chosen.message.id };
      mailboxes.replace(chosen, null);
      return chosen;
    },
    peek: (time) => (turnAt(time)?.intervention === undefined ? chosenAt(time) : undefined),
    waiting: mailboxes.all,
    replace: mailboxes.replace,
  };
}
