/**
 * Looks at messages before they are delivered: each that a breakpoint may stop is run first, with no effect, and held back
 * when one does. Without breakpoints nothing is looked at.
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
  /** Of the message that goes next: whether it is held back, and a session is open on it. */
  look(delivery: Delivery): Steps<boolean>;
}

export function createGate({
  branch,
  book,
  findPlacement,
  begin,
  hold,
}: {
  readonly branch: Branch;
  readonly book: BreakpointBook;
  readonly findPlacement: FindPlacement;
  /** A session that stands at its first instruction; a fault when no code runs for it. */
  readonly begin: (delivery: Delivery) => Result<Session, Fault>;
  /** Told of a session that stands at a breakpoint. It is no longer the gate's. */
  readonly hold: (session: Session) => void;
}): Gate {
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
        if (!session.ok) return false;
        const { all } = book;
        let isHeld = false;
        try {
          const reason = yield* session.value.move({ kind: 'from start' });
          if (book.all !== all) continue;
          isHeld = reason.ok && reason.value === 'breakpoint';
          if (isHeld) hold(session.value);
          return isHeld;
        } finally {
          if (!isHeld) session.value.dispose();
        }
      }
    },
  };
}
