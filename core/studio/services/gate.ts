/**
 * Looks at messages before they are delivered: each that a breakpoint may stop is run first, with no effect. Without
 * breakpoints nothing is looked at.
 */
import type { Fault } from '../../base/fault';
import type { Result } from '../../base/result';
import { concerns } from '../../debugger/armed';
import type { Session } from '../../debugger/session';
import type { Steps } from '../../debugger/steps';
import { isControlMethod } from '../../environment/control';
import type { Branch } from '../../history/branch';
import type { Delivery } from '../../kernel/scheduler';
import type { BreakpointBook } from './breakpoint-book';
import type { FindPlacement } from './placements';

export interface Gate {
  /** Whether there is anything to look out for. */
  readonly isWatching: boolean;
  /** Whether a breakpoint may stop it, so that it has to be looked at. */
  mayStop(delivery: Delivery): boolean;
  /** A session on a message that may go next, at the breakpoint that stops it: the caller's. `null` when none does. */
  look(delivery: Delivery): Steps<Session | null>;
  /** Takes over a session whose message is held back. */
  hold(session: Session): void;
  /** The message that is held back was taken out of its mailbox: its session ends. */
  lose(): void;
}

export function createGate({
  branch,
  book,
  findPlacement,
  begin,
  ...held
}: {
  readonly branch: Branch;
  readonly book: BreakpointBook;
  readonly findPlacement: FindPlacement;
  /** A session that stands at its first instruction; a fault when no code runs for it. */
  readonly begin: (delivery: Delivery) => Result<Session, Fault>;
} & Pick<Gate, 'hold' | 'lose'>): Gate {
  return {
    get isWatching() {
      return book.stopping.length > 0;
    },
    mayStop({ message }) {
      if (isControlMethod(message.method)) return false;
      const code = branch.world().kernel(message.to)?.code ?? null;
      if (code === null) return false;
      return book.stopping.some((each) => concerns(each.on, message) && findPlacement(each, code).ok);
    },
    *look(delivery) {
      for (;;) {
        const session = begin(delivery);
        if (!session.ok) return null;
        const { all } = book;
        let isStopped = false;
        try {
          const reason = yield* session.value.move({ kind: 'from start' });
          if (book.all !== all) continue;
          isStopped = reason.ok && reason.value === 'breakpoint';
          return isStopped ? session.value : null;
        } finally {
          if (!isStopped) session.value.dispose();
        }
      }
    },
    ...held,
  };
}
