/** Letting a branch go on: to where nothing is on its way, and with what another branch was told later. */
import { controlMethods } from '../environment/control';
import { chosenSchedule } from '../kernel/control';
import { scheduleSignal } from '../kernel/control-signals';
import { isList } from '../kernel/scheduler';
import type { Branch } from './branch';

/** Signals of a branch that came after a fork of it was made: they are not in the fork's mailboxes. */
export interface LaterSignals {
  /** Those with receipts from this one on … */
  readonly start: number;
  /** … and ids from this one on. */
  readonly firstId: number;
}

/** Delivers in small steps, until nothing is on its way or the schedule holds back what is. */
export function* runToRest(branch: Branch): Generator<void, void, undefined> {
  while (branch.run(messagesInStep) > 0) yield;
}

/** Sends the signals of `source` to `branch`, each when it has come to rest. */
export function* repeatSignals(
  branch: Branch,
  source: Branch,
  { start, firstId }: LaterSignals,
): Generator<void, void, undefined> {
  yield* runToRest(branch);
  const end = source.length;
  for (let index = start; index < end; index++) {
    const receipt = source.receipt(index);
    if (receipt === undefined || receipt.cause !== null || receipt.message.id < firstId) continue;
    const { to, method, args, gas } = receipt.message;
    const isOfList = method === controlMethods.schedule && isList(chosenSchedule(source.world(index + 1)));
    // What a list of deliveries did is not of this branch's messages.
    branch.signal(isOfList ? scheduleSignal('fifo') : { to, method, args, replyTo: null, gas });
    yield* runToRest(branch);
  }
}

const messagesInStep = 64;
