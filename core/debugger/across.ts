/** From one message to another: into one that a run sent, and back to where one was sent. */
import { type Fault, fault } from '../base/fault';
import { type Result, assert, err } from '../base/result';
import type { Branch } from '../history/branch';
import type { Receipt } from '../kernel/receipt';
import { deliveredAs } from '../history/delivered';
import { isAuthored } from './position';
import type { Crossing, Session } from './session';
import type { Steps } from './steps';

/** So many import calls pass between two steps. */
const stopsInStep = 500;

export interface Across {
  readonly branch: Branch;
  /** A session on the message of a receipt, at its first instruction. */
  readonly begin: (receipt: number) => Result<Session, Fault>;
  readonly by: 'line' | 'instruction';
  /** Of the message that the session is on; `null` while that waits to be delivered. */
  readonly receipt: Receipt | null;
}

/**
 * The session to go on with after a move that came to the border of its message: at the beginning of the message that it
 * sent, or at the call that sent it. A fault that says why there is none.
 */
export function* goAcross(
  session: Session,
  crossing: Crossing,
  across: Across,
): Steps<Result<Session, Fault>> {
  return crossing.kind === 'sent'
    ? yield* intoSent(session, crossing.ordinal, across)
    : yield* backToSender(session, across);
}

function* intoSent(
  { isEdited }: Session,
  ordinal: number,
  { branch, begin, by, receipt }: Across,
): Steps<Result<Session, Fault>> {
  if (isEdited)
    return err(nowhere('what is sent after a change is sent on no branch yet: make one of it first'));
  if (receipt === null) return err(nowhere('what it sends leaves only when it is delivered'));
  if (receipt.outcome.kind !== 'ok') return err(nowhere('what it sent is rolled back: it ends with a trap'));
  const sent = receipt.sends[ordinal];
  assert(sent !== undefined, 'a run that ends well sends what it queues');
  const index = deliveredAs(sent, receipt.index, branch);
  if (index === null) return err(nowhere(`its message to ${sent.to} has no receipt: it is still on its way`));
  const opened = begin(index);
  if (!opened.ok) return opened;
  const moved = yield* opened.value.move({ kind: 'restart', by });
  return moved.ok ? opened : moved;
}

function* backToSender(
  { subject: { message } }: Session,
  { branch, begin, by, receipt }: Across,
): Steps<Result<Session, Fault>> {
  if (receipt === null) return err(nowhere('it is held back: its sender can be seen once it is delivered'));
  if (receipt.cause === null) {
    return err(nowhere(`${message.method} came from outside: no kernel sent it`));
  }
  const opened = begin(receipt.cause);
  if (!opened.ok) return opened;
  const sender = opened.value;
  const { timeline, code } = sender;
  const sends = branch.receipt(receipt.cause)?.sends ?? [];
  const ordinal = sends.findIndex(({ id }) => id === message.id);
  if (ordinal === -1) return err(nowhere('it was sent in another form, and replaced by hand'));
  const isSent = (): boolean => timeline.machine.environment.sends.length > ordinal;
  const until = { imports: { calls: code.imports.map(({ name }) => name), when: 'after' as const } };
  for (let stops = 1; !isSent() && (yield* timeline.run(until)).kind === 'import'; stops++) {
    if (stops % stopsInStep === 0) yield timeline.count;
  }
  // A reply is sent by no call: it leaves when the run has ended.
  if (!isSent()) return opened;
  yield* timeline.goTo(timeline.count - 1);
  if (by === 'line' && !isAuthored(sender.position().place)) {
    const moved = yield* sender.move({ kind: 'out', back: true, by, times: 1 });
    if (!moved.ok) return moved;
  }
  return opened;
}

const nowhere = (why: string): Fault<'no-other-message'> => fault('no-other-message', why);
