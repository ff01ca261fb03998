import { expect, test } from 'vitest';
import type { Result } from '../../../../core/base/result';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { createCodeBook } from '../../../../core/studio/services/code-book';
import { createRunner } from '../../../../core/studio/services/runner';
import { createScheduleService } from '../../../../core/studio/services/schedule-service';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { openGate } from '../../../fixtures/breakpoints';
import { create, newBranch } from '../../../fixtures/branch';
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
  return { branch, clock, runner, service, answer };
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
