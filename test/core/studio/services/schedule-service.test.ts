import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytesToText, textToBytes } from '../../../../core/base/bytes';
import type { Result } from '../../../../core/base/result';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { type Branch, openBranch } from '../../../../core/history/branch';
import { type WireTurn, scheduleProtocol } from '../../../../core/studio/protocol/schedule';
import { createCodeBook } from '../../../../core/studio/services/code-book';
import { createRunner } from '../../../../core/studio/services/runner';
import { createScheduleService } from '../../../../core/studio/services/schedule-service';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { openGate } from '../../../fixtures/breakpoints';
import { create, newBranch, partsOn } from '../../../fixtures/branch';
import { gossip } from '../../../fixtures/contracts';
import { createFakeClock } from '../rpc/fake-clock';

function openWorld() {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  for (const address of ['/a', '/b', '/c']) create(branch, address, gossip);
  const clock = createFakeClock();
  const runner = createRunner({
    branch,
    clock,
    paused: false,
    gate: openGate,
    onBug: (error) => expect.fail(String(error)),
  });
  const service = createScheduleService({ branch, codes: createCodeBook(storage), runner });
  /** Waits for an answer that comes when the runner had its turn. */
  async function answer<T>(asked: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
    clock.advance(0);
    const result = await asked;
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.value;
  }
  return { storage, branch, clock, runner, service, answer };
}

const { signal: never } = new AbortController();

test('messages are chosen by hand, page by page, and the world goes on when it is told to', async () => {
  const { branch, clock, runner, service, answer } = openWorld();
  const waiting = (start: number, count: number) =>
    answer(service['schedule.waiting']({ start, count }, never));
  await answer(service['schedule.choose']({ schedule: 'manual' }, never));
  expect(await answer(service['schedule.get']({}, never))).toStrictEqual({ schedule: 'manual' });
  for (const n of [1, 0]) {
    branch.signal({ to: '/a' as Address, method: 'tell', args: encodeValue([n]), replyTo: null, gas: null });
  }
  runner.wake();
  clock.advance(0);
  expect(runner.status()).toMatchObject({ state: 'ready', pending: 2 });
  const { rows } = await waiting(0, 10);
  expect(rows.map(({ from, to, summary, mayGo }) => ({ from, to, summary, mayGo }))).toStrictEqual([
    { from: null, to: '/a', summary: 'arg0: 1', mayGo: true },
    { from: null, to: '/a', summary: 'arg0: 0', mayGo: false },
  ]);
  const [first, second] = rows.map(({ id }) => id);
  expect(await service['schedule.deliver']({ id: second ?? -1 }, never)).toMatchObject({
    error: { code: 'out-of-order' },
  });
  const { receipt } = await answer(service['schedule.deliver']({ id: first ?? -1 }, never));
  expect(branch.receipt(receipt)?.message.id).toBe(first);
  expect(await waiting(1, 2)).toMatchObject({ start: 1, total: 4, rows: [{ to: '/a' }, { to: '/b' }] });

  const [, , toB, toC] = (await waiting(0, 10)).rows.map(({ id }) => id);
  await answer(service['schedule.drop']({ id: toB ?? -1 }, never));
  await answer(service['schedule.duplicate']({ id: toC ?? -1 }, never));
  expect((await waiting(0, 10)).rows.map(({ to }) => to)).toStrictEqual(['/a', '/a', '/c', '/c']);
  expect(await service['schedule.drop']({ id: toB ?? -1 }, never)).toMatchObject({
    error: { code: 'not-waiting' },
  });

  await answer(service['schedule.choose']({ schedule: { seed: 3 } }, never));
  clock.advance(100);
  expect(runner.status()).toMatchObject({ state: 'ready', pending: 0 });
});

const tell = (n: number) => ({
  to: '/a' as Address,
  method: 'tell',
  args: encodeValue([n]),
  replyTo: null,
  gas: null,
});

const heardIn = (branch: Branch) =>
  ['/a', '/b', '/c'].map((address) => {
    const heard = branch
      .world()
      .kernel(address as Address)
      ?.state.get(textToBytes('heard'));
    return heard && bytesToText(heard);
  });

/** The turns of a branch's receipts from one on. */
const turnsFrom = (branch: Branch, start: number) =>
  branch.receipts(start, branch.length - start).map(({ message: { from, to } }) => ({ from, to }));

test('the order of a run, given as a list, gives the same messages and the same states, also in a world that was opened again', async () => {
  const drawn = openWorld();
  await drawn.answer(drawn.service['schedule.choose']({ schedule: { seed: 7 } }, never));
  const start = drawn.branch.length;
  drawn.branch.signal(tell(2));
  while (drawn.branch.run(1000) > 0);
  const deliveries = turnsFrom(drawn.branch, start);
  expect(deliveries.map(({ to }) => to)).not.toEqual(deliveries.map(({ to }) => to).toSorted());

  const { storage, branch, service, answer } = openWorld();
  await answer(service['schedule.replay']({ deliveries }, never));
  branch.signal(tell(2));
  branch.run(5);
  expect(await answer(service['schedule.get']({}, never))).toStrictEqual({
    schedule: { deliveries: 13, next: 5, held: null },
  });
  expect(await answer(service['schedule.deliveries']({ start: 1, count: 2 }, never))).toStrictEqual({
    start: 1,
    total: 13,
    rows: deliveries.slice(1, 3),
  });
  const again = openBranch(partsOn(storage), 'main');
  if (again === undefined) throw new Error('there is a branch main');
  while (again.run(1000) > 0);
  expect(turnsFrom(again, start)).toStrictEqual(deliveries);
  expect(heardIn(again)).toStrictEqual(heardIn(drawn.branch));
});

test('a list waits for the mailbox that it names, says so, and goes first in, first out after its end', async () => {
  const { branch, clock, runner, service, answer } = openWorld();
  const deliveries: WireTurn[] = [
    { to: '/a', from: null },
    { to: '/c' },
    { to: '/b', from: '/a', intervention: 'drop' },
    { to: '/a', from: null },
  ];
  const { receipt } = await answer(service['schedule.replay']({ deliveries }, never));
  expect(branch.receipt(receipt)?.outcome).toMatchObject({ kind: 'ok' });
  const send = (n: number) => {
    branch.signal(tell(n));
    runner.wake();
    clock.advance(100);
  };
  send(1);
  expect(turnsFrom(branch, receipt + 1)).toStrictEqual([
    { from: null, to: '/a' },
    { from: '/a', to: '/c' },
    { from: null, to: '/' },
  ]);
  expect(await answer(service['schedule.get']({}, never))).toStrictEqual({
    schedule: {
      deliveries: 4,
      next: 3,
      held: {
        code: 'empty-mailbox',
        message: 'delivery 4 of the schedule: no message from outside for /a is waiting',
        remedy: 'waiting: /a → /a tell',
      },
    },
  });
  const [waiting] = branch.waiting();
  const id = waiting?.message.id ?? -1;
  for (const call of ['schedule.deliver', 'schedule.drop', 'schedule.duplicate'] as const) {
    expect(await service[call]({ id }, never)).toMatchObject({ error: { code: 'replaying' } });
  }
  send(0);
  expect(turnsFrom(branch, receipt + 4)).toStrictEqual([
    { from: null, to: '/a' },
    { from: '/a', to: '/a' },
  ]);
  expect(await answer(service['schedule.get']({}, never))).toStrictEqual({
    schedule: { deliveries: 4, next: 4, held: null },
  });
});

test('a delivery that is none is named by its place in the list, and nothing is changed', async () => {
  const { branch, service } = openWorld();
  const { length } = branch;
  const wrong = (turn: unknown) => ({ deliveries: [{ to: '/a' }, turn] }) as { deliveries: WireTurn[] };
  expect(await service['schedule.replay'](wrong({ to: 'b' }), never)).toMatchObject({
    error: { code: 'bad-address', message: 'delivery 2 of the schedule: "b" is not an address' },
  });
  expect(await service['schedule.replay'](wrong({ to: '/b', from: '' }), never)).toMatchObject({
    error: { message: 'delivery 2 of the schedule: "" is not an address' },
  });
  const asked = scheduleProtocol['schedule.replay'].params.safeParse(
    wrong({ to: '/b', intervention: 'eat' }),
  );
  expect(asked.error && z.prettifyError(asked.error)).toContain('deliveries[1].intervention');
  expect(branch.length).toBe(length);
  expect(await service['schedule.get']({}, never)).toMatchObject({ value: { schedule: 'fifo' } });
});
