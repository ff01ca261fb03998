import { createMailboxes } from '../mailboxes';
import type { Replay, Scheduler } from '../scheduler';

/**
 * Delivers what a list says, and holds everything back when the mailbox that the list names is empty. Which entry of
 * the list is due depends on the time alone, so a world that was opened again goes on where it was.
 */
export function createReplayScheduler({ start, deliveries }: Replay): Scheduler {
  const mailboxes = createMailboxes();
  return {
    get size() {
      return mailboxes.size;
    },
    add: mailboxes.add,
    next(time) {
      const turn = deliveries[time - start];
      const chosen = turn === undefined ? mailboxes.oldest() : mailboxes.oldestFor(turn);
      if (chosen === undefined) return undefined;
      if (turn?.intervention !== undefined) {
        return { intervention: turn.intervention, id: chosen.message.id };
      }
      mailboxes.replace(chosen, null);
      return chosen;
    },
    waiting: mailboxes.all,
    replace: mailboxes.replace,
  };
}
