/** Answers what windows ask about the order of messages, and does what they choose. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Branch } from '../../history/branch';
import { parseAddress } from '../../environment/address';
import { interveneSignal, scheduleSignal } from '../../kernel/control-signals';
import { oldestOfPairs } from '../../kernel/mailboxes';
import { emptyMailbox } from '../../kernel/empty-mailbox';
import { type Delivery, type Replay, type Turn, isList } from '../../kernel/scheduler';
import type { Signal } from '../../kernel/world';
import type { ReplayStatus, WaitingRow, WireTurn, scheduleProtocol } from '../protocol/schedule';
import type { Handlers } from '../rpc/serve';
import type { CodeBook } from './code-book';
import { namedArguments } from './receipts';
import type { Runner } from './runner';
import { argumentsToSummary } from './summary';
import { faultToWire } from './wire-values';

export function createScheduleService({
  branch,
  codes,
  runner,
}: {
  readonly branch: Branch;
  readonly codes: CodeBook;
  readonly runner: Runner;
}): Handlers<typeof scheduleProtocol> {
  /** Such a signal goes before all that waits, so its receipt is the next one. */
  async function act(signal: Signal): Promise<Result<{ receipt: number }, Fault>> {
    if (runner.failure !== null) return err(runner.failure);
    const receipt = branch.delivered;
    branch.signal(signal);
    runner.wake();
    await runner.reached(receipt + 1);
    return branch.length > receipt ? ok({ receipt }) : err(stopped);
  }

  function actOn(intervention: 'drop' | 'duplicate', id: number) {
    if (isReplaying()) return err(replaying);
    const waits = branch.waiting().some(({ message }) => message.id === id);
    return waits ? act(interveneSignal({ intervention, id })) : err(notWaiting(id));
  }

  /** Each message that is delivered takes the turn of an entry, whoever asked for it. */
  function isReplaying(): boolean {
    const { schedule, delivered } = branch;
    return isList(schedule) && delivered < schedule.start + schedule.deliveries.length;
  }

  function replayStatus(schedule: Replay): ReplayStatus {
    const held = branch.pending === 0 ? null : emptyMailbox(schedule, branch.delivered, branch.waiting());
    const deliveries = schedule.deliveries.length;
    return {
      deliveries,
      next: Math.min(branch.delivered - schedule.start, deliveries),
      held: held === null ? null : faultToWire(held.fault),
    };
  }

  function waitingToRow({ message, cause }: Delivery, mayGo: boolean): WaitingRow {
    const code = branch.world().kernel(message.to)?.code ?? null;
    return {
      id: message.id,
      from: message.from,
      to: message.to,
      method: message.method,
      summary: argumentsToSummary(namedArguments(message, code, codes)),
      cause,
      mayGo,
    };
  }

  return {
    'schedule.get'() {
      const { schedule } = branch;
      return ok({ schedule: isList(schedule) ? replayStatus(schedule) : schedule });
    },
    'schedule.choose': ({ schedule }) => act(scheduleSignal(schedule)),
    'schedule.replay'({ deliveries }) {
      const turns = readTurns(deliveries);
      return turns.ok ? act(scheduleSignal({ deliveries: turns.value })) : turns;
    },
    'schedule.deliveries'({ start, count }) {
      const { schedule } = branch;
      const deliveries = isList(schedule) ? schedule.deliveries : [];
      return ok({ start, total: deliveries.length, rows: deliveries.slice(start, start + count) });
    },
    'schedule.waiting'({ start, count }) {
      const waiting = branch.waiting();
      const first = oldestOfPairs(waiting);
      const rows = waiting
        .slice(start, start + count)
        .map((delivery) =>
          waitingToRow(delivery, first.has(delivery) && !runner.busy.has(delivery.message.to)),
        );
      return ok({ start, total: waiting.length, rows });
    },
    async 'schedule.deliver'({ id }) {
      if (isReplaying()) return err(replaying);
      const delivered = await runner.deliver(id);
      return delivered.ok ? ok({ receipt: delivered.value.index }) : delivered;
    },
    'schedule.drop': ({ id }) => actOn('drop', id),
    'schedule.duplicate': ({ id }) => actOn('duplicate', id),
  };
}

function readTurns(deliveries: readonly WireTurn[]): Result<readonly Turn[], Fault> {
  const turns: Turn[] = [];
  for (const [index, { to, from, intervention }] of deliveries.entries()) {
    const receiver = parseAddress(to);
    if (!receiver.ok) return err(inDelivery(index, receiver.error));
    const sender = typeof from === 'string' ? parseAddress(from) : ok(from);
    if (!sender.ok) return err(inDelivery(index, sender.error));
    turns.push({
      to: receiver.value,
      ...(sender.value === undefined ? {} : { from: sender.value }),
      ...(intervention === undefined ? {} : { intervention }),
    });
  }
  return ok(turns);
}

const inDelivery = (index: number, { message, ...wrong }: Fault): Fault => ({
  ...wrong,
  message: `delivery ${index + 1} of the schedule: ${message}`,
});

const replaying = fault('replaying', 'deliveries of a list are still due, one after the other', {
  remedy: 'choose another schedule first',
});

const notWaiting = (id: number): Fault => fault('not-waiting', `no message ${id} is waiting`);

const stopped = fault('stopped', 'the world is stopped, and does it when it goes on', {
  remedy: 'let the world go on',
});
