/** What to say when a list of deliveries can't be kept. */
import { type Fault, fault } from '../base/fault';
import { type Delivery, type Schedule, type Turn, isList } from './scheduler';

/** The entry of a list that is due, and why it can't be delivered. */
export interface EmptyMailbox {
  /** From 0. */
  readonly index: number;
  readonly fault: Fault<'empty-mailbox'>;
}

/** `null` when what is due waits, or when no entry of a list is due. `time` is the number of messages delivered so far. */
export function emptyMailbox(
  schedule: Schedule,
  time: number,
  waiting: readonly Delivery[],
): EmptyMailbox | null {
  if (!isList(schedule)) return null;
  const index = time - schedule.start;
  const turn = schedule.deliveries[index];
  if (turn === undefined || waiting.some((delivery) => isOf(turn, delivery))) return null;
  const message = `delivery ${index + 1} of the schedule: no message ${describeTurn(turn)} is waiting`;
  return { index, fault: fault('empty-mailbox', message, { remedy: describeWaiting(waiting) }) };
}

const isOf = ({ to, from }: Turn, { message }: Delivery): boolean =>
  message.to === to && (from === undefined || message.from === from);

function describeTurn({ to, from }: Turn): string {
  if (from === undefined) return `for ${to}`;
  return from === null ? `from outside for ${to}` : `from ${from} for ${to}`;
}

const mostDescribed = 8;

function describeWaiting(waiting: readonly Delivery[]): string {
  if (waiting.length === 0) return 'nothing is waiting: all that was sent was delivered before it';
  const shown = waiting
    .slice(0, mostDescribed)
    .map(({ message: { from, to, method } }) => `${from ?? 'signal'} → ${to} ${method}`);
  const more = waiting.length - shown.length;
  return `waiting: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
