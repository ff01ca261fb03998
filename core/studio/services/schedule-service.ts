/** Answers what windows ask about the order of messages, and does what they choose. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Branch } from '../../history/branch';
import { interveneSignal, scheduleSignal } from '../../kernel/control-signals';
import { oldestOfPairs } from '../../kernel/mailboxes';
import type { Delivery } from '../../kernel/scheduler';
import type { Signal } from '../../kernel/world';
import type { WaitingRow, scheduleProtocol } from '../protocol/schedule';
import type { Handlers } from '../rpc/serve';
import type { CodeBook } from './code-book';
import { namedArguments } from './receipts';
import { type Runner, heldFault } from './runner';
import { argumentsToSummary } from './summary';

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
    if (runner.held !== null) return err(heldFault(runner.held));
    const receipt = branch.length;
    branch.signal(signal);
    runner.wake();
    await runner.reached(receipt + 1);
    return branch.length > receipt ? ok({ receipt }) : err(stopped);
  }

  function actOn(intervention: 'drop' | 'duplicate', id: number) {
    const waits = branch.waiting().some(({ message }) => message.id === id);
    return waits ? act(interveneSignal({ intervention, id })) : err(notWaiting(id));
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
      return ok({ schedule: typeof schedule === 'object' && 'deliveries' in schedule ? 'replay' : schedule });
    },
    'schedule.choose': ({ schedule }) => act(scheduleSignal(schedule)),
    'schedule.waiting'({ start, count }) {
      const waiting = branch.waiting();
      const first = oldestOfPairs(waiting);
      const rows = waiting
        .slice(start, start + count)
        .map((delivery) => waitingToRow(delivery, first.has(delivery)));
      return ok({ start, total: waiting.length, rows });
    },
    async 'schedule.deliver'({ id }) {
      const delivered = await runner.deliver(id);
      return delivered.ok ? ok({ receipt: delivered.value.index }) : delivered;
    },
    'schedule.drop': ({ id }) => actOn('drop', id),
    'schedule.duplicate': ({ id }) => actOn('duplicate', id),
  };
}

const notWaiting = (id: number): Fault => fault('not-waiting', `no message ${id} is waiting`);

const stopped = fault('stopped', 'the world is stopped, and does it when it goes on', {
  remedy: 'let the world go on',
});
