/** The schedule of a scenario: how its list of deliveries becomes a world's, and what to say when it can't be kept. */
import type { Fault } from '../base/fault';
import type { Branch } from '../history/branch';
import { emptyMailbox } from '../kernel/empty-mailbox';
import { type Schedule, isList } from '../kernel/scheduler';
import type { Scenario } from './scenario';

/** `start` messages set the world up; they are delivered first in, first out. */
export const scheduleFrom = ({ schedule }: Scenario, start: number): Schedule =>
  isList(schedule) ? { ...schedule, start } : schedule;

/** What is wrong when the next entry of the list can't be delivered; `null` when there is no such entry. */
export function undeliverable({ locateDelivery }: Scenario, branch: Branch): Fault | null {
  const empty = emptyMailbox(branch.schedule, branch.length, branch.waiting());
  return empty === null ? null : { ...empty.fault, position: locateDelivery(empty.index) };
}
