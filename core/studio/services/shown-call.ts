/** Which of the calls that are on is shown first where a session stands. */
import { isAuthored } from '../../debugger/position';
import type { Session } from '../../debugger/session';
import type { DebugStop } from '../protocol/debug-values';

type ReasonKind = DebugStop['reason']['kind'];

/** Of what ends a move wherever that is, in the midst of the library too. */
const unaimed: ReadonlySet<ReasonKind> = new Set<ReasonKind>(['trap', 'breakpoint', 'paused']);

/** Library code that nests deeper than this is shown itself. */
const mostCallsToLookAt = 20;

/**
 * Its place among them, 0 the innermost. A trap, a breakpoint and a pause come where nobody aimed at, and what they tell an
 * author is the line of theirs that led there: so it is the innermost call of code that isn't the library's. All
 * other moves go where they were asked to go, which is in the library only when that was asked for, by a step by
 * instruction, a moment or a place: they show the innermost call. A stop tells the reason, so the rule needs to know
 * nothing else, and the same stop is shown the same way however often it is come to.
 */
export function shownCall(session: Session, reason: ReasonKind): number {
  if (!unaimed.has(reason) || isAuthored(session.position().place)) return 0;
  const { lines } = session.code;
  const index = session
    .frames(0, mostCallsToLookAt)
    .findIndex((call) => isAuthored(lines?.sourceOf(call.function, call.offset) ?? null));
  return Math.max(index, 0);
}
