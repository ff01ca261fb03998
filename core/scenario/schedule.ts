/** The schedule of a scenario: how its list of deliveries becomes a world's, and what to say when it can't be kept. */
import { type Fault, fault } from '../base/fault';
import type { Branch } from '../history/branch';
import type { Delivery, Schedule, Turn } from '../kernel/scheduler';
import type { Scenario } from './scenario';

/** `start` messages set the world up; they are delivered first in, first out. */
export const scheduleFrom = ({ schedule }: Scenario, start: number): Schedule =>
  typeof schedule === 'object' && 'deliveries' in schedule ? { ...schedule, start } : schedule;

/** What is wrong when the next entry of the list can't be delivered; `null` when there is no such entry. */
export function emptyMailbox(
  { schedule, locateDelivery }: Scenario,
  branch: Branch,
  start: number,
): Fault | null {
  if (typeof schedule !== 'object' || !('deliveries' in schedule)) return null;
  const index = branch.length - start;
  const turn = schedule.deliveries[index];
  if (turn === undefined) return null;
  const message = `delivery ${index + 1} of the schedule: no message ${describeTurn(turn)} is waiting`;
  return fault('empty-mailbox', message, {
    position: locateDelivery(index),
    remedy: describeWaiting(branch.waiting()),
  });
}

function describeTurn({ to, from }: Turn): string {
  if (from === undefined) return `for ${to}`;
  return from === null ? `from outside for ${to}` : `from ${from} for ${to}`;
}

const mostDescribed = 8;

function describeWaiting(waiting: readonly Delivery[]): string {
  if (waiting.length === 0) return 'nothing is waiting: all that the steps led to was delivered before it';
  const shown = waiting
    .slice(0, mostDescribed)
    .map(({ message: { from, to, method } }) => `${from ?? 'signal'} → ${to} ${method}`);
  const more = waiting.length - shown.length;
  return `waiting: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
