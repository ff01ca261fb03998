import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Breakpoint, Trigger } from '../../../../core/debugger/breakpoint';
import { systemClock } from '../../../../core/host/clock';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { controlMethods } from '../../../../core/environment/control';
import type { Schedule } from '../../../../core/kernel/scheduler';
import type { DebugStop } from '../../../../core/studio/protocol/debug-values';
import type { EmitDebugEvent } from '../../../../core/studio/services/debug-service';
import { createAwaitedReceipts } from '../../../../core/studio/services/awaited-receipts';
import { type Runner, createRunner } from '../../../../core/studio/services/runner';
import { createScheduleService } from '../../../../core/studio/services/schedule-service';
import { createWorldService } from '../../../../core/studio/services/world-service';
import { create } from '../../../fixtures/branch';
import { adder, gossipText } from '../../../fixtures/contracts';
import { watToWasm } from '../../../fixtures/wat';
import { never, openDebugService, valueOf } from './debug-services';

const on = (trigger: Trigger, more: Partial<Breakpoint> = {}): Breakpoint => ({
  id: 1,
  on: trigger,
  enabled: true,
  when: null,
  hits: null,
  log: null,
  ...more,
});

/** Gossip that also keeps what time it was told. */
const clocked = watToWasm(
  gossipText.replace('(memory', '(import "kernel" "time" (func $time (result i64)))\n  (memory').replace(
    '(if (i64.ne (local.get $n)',
    `(i64.store (i32.const 100) (call $time))
      (call $set (i32.const 1) (i32.const 4) (i32.const 100) (i32.const 8))
      (if (i64.ne (local.get $n)`,
  ),
);

const write: Trigger = { kind: 'state', kernel: null, path: 'sum', access: 'write' };

function openWorld(
  breakpoints: readonly Breakpoint[],
  codeByAddress: Readonly<Record<string, Uint8Array>>,
  schedule: Schedule = 'fifo',
) {
  const held: DebugStop[] = [];
  let tellHeld: () => void = () => undefined;
  const lost: unknown[] = [];
  const emit: EmitDebugEvent = (name, payload) => {
    if (name === 'debug.lost') lost.push(payload);
    if (name !== 'debug.held') return;
    held.push(payload as DebugStop);
    tellHeld();
  };
  const {
    storage,
    branch,
    codes,
    gate,
    service: handlers,
    book,
    open,
  } = openDebugService(emit, { breakpoints, schedule, release: () => runner.release() });
  for (const [address, code] of Object.entries(codeByAddress)) create(branch, address, code);
  const runner: Runner = createRunner({
    branch,
    clock: systemClock,
    paused: false,
    gate,
    onBug: (error) => expect.fail(String(error)),
  });
  book.onChange.on(runner.lookAgain);
  const awaited = createAwaitedReceipts(branch);
  const world = createWorldService({ branch, blocks: storage, codes, runner, awaited });
  const scheduling = createScheduleService({ branch, codes, runner });
  const send = async (to: string, method: string, args: number[] = []) =>
    valueOf(world['world.signal']({ to, method, args, gas: null }, never));
  /** Until nothing more goes by itself. */
  const rest = () => runner.reached(Infinity);
  const move = async (session: number, kind: 'continue' | 'to end') =>
    valueOf(
      handlers['debug.move'](
        { session, move: kind === 'continue' ? { kind, back: false } : { kind } },
        never,
      ),
    );
  const close = async (session: number) => valueOf(handlers['debug.close']({ session }, never));
  const nextHeld = () => new Promise<void>((resolve) => (tellHeld = resolve));
  return {
    branch,
    handlers,
    runner,
    world,
    scheduling,
    book,
    held,
    lost,
    send,
    rest,
    move,
    close,
    nextHeld,
    open,
  };
}

const sums = (breakpoints: readonly Breakpoint[], schedule?: Schedule) =>
  openWorld(breakpoints, { '/a': adder, '/b': adder }, schedule);

describe('a message that a breakpoint stops', () => {
  test('is held back with a session on it; others go on, and it runs as of when it was held', async () => {
    const { branch, world, held, send, rest, close, handlers } = sums([on(write, { when: '$to == "/a"' })]);
    await send('/b', 'add', [1]);
    await send('/a', 'add', [5]);
    await send('/a', 'addAndTrap', [7]);
    await send('/b', 'add', [2]);
    await rest();
    expect(branch.receipts(2, 10).map(({ message }) => message.to)).toStrictEqual(['/b', '/b']);
    expect(branch.pending).toBe(2);
    expect(held).toMatchObject([
      {
        receipt: null,
        message: { to: '/a', method: 'add' },
        reason: { kind: 'breakpoint', hits: [{ breakpoint: 1 }] },
      },
    ]);
    const session = held[0]?.session ?? -1;
    const expressions = ['i64[16]', '$time'];
    expect(
      await valueOf(handlers['debug.evaluate']({ session, frame: 0, expressions }, never)),
    ).toMatchObject({
      values: [{ value: 5 }, { value: 3 }],
    });
    expect(await valueOf(world['world.kernel']({ address: '/b', at: null }, never))).toMatchObject({
      kernel: { address: '/b' },
    });
    expect(await valueOf(handlers['debug.sessions']({}, never))).toMatchObject({
      sessions: [{ receipt: null }],
    });
    await close(session);
    await rest();
    expect(branch.receipt(4)).toMatchObject({ message: { to: '/a', method: 'add' }, time: 3 });
    expect(held).toHaveLength(2);
    await close(held[1]?.session ?? -1);
    await rest();
    expect(branch.receipt(5)).toMatchObject({ message: { method: 'addAndTrap' }, time: 5 });
  });

  test('is one at a time: what another would stop waits, and is looked at again when breakpoints change', async () => {
    const { branch, held, send, rest, close, book } = sums([on(write)]);
    await send('/a', 'add', [5]);
    await send('/b', 'add', [1]);
    await rest();
    expect([branch.length, held.length]).toStrictEqual([2, 1]);
    await valueOf(book.set(1, on(write, { when: '$to == "/a"' })));
    await rest();
    expect(branch.receipt(2)?.message.to).toBe('/b');
    await close(held[0]?.session ?? -1);
    await rest();
    expect([branch.length, held.length]).toStrictEqual([4, 1]);
  });

  test('is delivered when its session comes to its end, and its receipt is what the session showed', async () => {
    const { branch, held, send, rest, move } = sums([on(write)]);
    await send('/a', 'add', [5]);
    await send('/a', 'addAndTrap', [7]);
    await rest();
    const { session } = held[0] ?? { session: -1 };
    const end = await move(session, 'continue');
    expect(end).toMatchObject({ receipt: 2, reason: { kind: 'end' } });
    const receipt = branch.receipt(2);
    expect(receipt?.outcome).toMatchObject({ kind: 'ok' });
    expect(receipt?.gasUsed).toBe(10_000_000 - end.gasLeft);
    await rest();
    const second = held[1]?.session ?? -1;
    expect(second).not.toBe(session);
    expect(await move(second, 'continue')).toMatchObject({ receipt: null, reason: { kind: 'trap' } });
    expect(await move(second, 'continue')).toMatchObject({ receipt: 3, reason: { kind: 'end' } });
    expect(branch.receipt(3)?.outcome).toMatchObject({ kind: 'trap', reason: 'unreachable' });
    expect(await move(second, 'to end')).toMatchObject({ receipt: 3 });
  });

  test('is not delivered by hand before its session has ended', async () => {
    const { held, send, rest, scheduling } = sums([on(write)]);
    await send('/a', 'add', [5]);
    await send('/a', 'add', [6]);
    await rest();
    const id = held[0]?.message.id ?? -1;
    expect(await scheduling['schedule.deliver']({ id }, never)).toMatchObject({
      error: { code: 'held', message: expect.stringContaining(`holds back message ${id}`) },
    });
    const { rows } = await valueOf(scheduling['schedule.waiting']({ start: 0, count: 9 }, never));
    expect(rows.map(({ mayGo }) => mayGo)).toStrictEqual([false, false]);
  });

  test('dropped, its session ends, and what waited for it goes on', async () => {
    const { branch, held, lost, send, rest, scheduling, handlers } = sums([on(write)]);
    await send('/a', 'add', [5]);
    await send('/a', 'add', [6]);
    await rest();
    const [{ session, message: { id } } = { session: -1, message: { id: -1 } }] = held;
    expect(await valueOf(scheduling['schedule.drop']({ id }, never))).toStrictEqual({ receipt: 2 });
    await rest();
    expect(lost).toStrictEqual([{ session }]);
    expect(branch.receipt(2)?.message.method).toBe('world:drop');
    expect(held[1]?.message.id).toBe(id + 1);
    expect(await valueOf(handlers['debug.sessions']({}, never))).toMatchObject({
      sessions: [{ session: held[1]?.session }],
    });
  });

  test('finds its kernel as it was: who removes what is above it waits', async () => {
    const { branch, held, send, rest, close } = openWorld([on(write)], { '/up': adder, '/up/a': adder });
    await send('/up/a', 'add', [5]);
    await rest();
    const remove = { method: controlMethods.remove, args: encodeValue([]), replyTo: null, gas: null };
    branch.signal({ to: '/up' as Address, ...remove });
    await send('/up/a', 'add', [6]);
    await rest();
    expect(branch.length).toBe(2);
    await close(held[0]?.session ?? -1);
    await rest();
    expect(branch.receipts(2, 9).map(({ message, outcome }) => [message.method, outcome.kind])).toStrictEqual(
      [
        ['add', 'ok'],
        ['kernel:remove', 'ok'],
        ['add', 'rejected'],
      ],
    );
  });

  test('is held back when it is delivered by hand, too', async () => {
    const { branch, held, send, rest, scheduling, close } = sums([on(write)], 'manual');
    await send('/a', 'add', [5]);
    await rest();
    const [waiting] = branch.waiting();
    const id = waiting?.message.id ?? -1;
    expect(await scheduling['schedule.deliver']({ id }, never)).toMatchObject({ error: { code: 'held' } });
    expect(held).toMatchObject([{ message: { id }, receipt: null }]);
    await send('/b', 'add', [1]);
    await rest();
    await close(held[0]?.session ?? -1);
    await rest();
    expect(branch.receipts(branch.length - 2, 2).map(({ message }) => message.method)).toStrictEqual([
      'world:signal',
      'add',
    ]);
  });
});

test.each<[string, Breakpoint]>([
  ['a condition that does not hold', on(write, { when: 'i64[16] > 100' })],
  ['a log point', on(write, { log: 'written' })],
  ['one that is switched off', on(write, { enabled: false })],
  ['another kernel', on({ kind: 'method', kernel: '/b', method: null })],
  ['what its code can’t do', on({ kind: 'import', import: 'kernel.send', argument: null })],
])('nothing is held back for %s', async (_, breakpoint) => {
  const { branch, held, send, rest } = sums([breakpoint]);
  await send('/a', 'add', [5]);
  await send('/nobody', 'add', [5]).catch(() => undefined);
  await rest();
  expect([branch.length, branch.pending, held.length]).toStrictEqual([3, 0, 0]);
});

test('a trap is stopped before it; an endless loop when its gas ends, and meanwhile calls are answered', async () => {
  const loop = watToWasm('(module (func (export "spin") (loop $l (br $l))))');
  const { branch, world, held, send, nextHeld, close, rest } = openWorld([on({ kind: 'trap' })], {
    '/a': loop,
  });
  const stopped = nextHeld();
  await send('/a', 'spin');
  expect(await valueOf(world['world.status']({}, never))).toMatchObject({ pending: 1 });
  await stopped;
  expect(held[0]?.reason).toMatchObject({ hits: [{ words: 'out of gas' }] });
  await close(held[0]?.session ?? -1);
  await rest();
  expect(branch.receipt(1)?.outcome).toMatchObject({ kind: 'trap', reason: 'out of gas' });
});

test('what is held back runs again as it ran, in the world as it was opened again, too', async () => {
  const schedule = fc.oneof(fc.constant<Schedule>('fifo'), fc.record({ seed: fc.nat(100) }));
  const kernels = ['/a', '/b', '/c'];
  await fc.assert(
    fc.asyncProperty(
      schedule,
      fc.constantFrom(...kernels),
      fc.infiniteStream(fc.boolean()),
      async (chosen, kernel, whims) => {
        const stopping = on({ kind: 'method', kernel, method: 'tell' }, { when: '$args[0] != 1' });
        const codes = Object.fromEntries(kernels.map((name) => [name, clocked]));
        const { branch, held, send, rest, move, close, open } = openWorld([stopping], codes, chosen);
        await send('/a', 'tell', [2]);
        await send('/b', 'tell', [1]);
        let seen = 0;
        for (await rest(); held.length > seen; await rest()) {
          const { session } = held[seen++] ?? { session: -1 };
          if (whims.next().value === true) {
            const { end } = await move(session, 'to end');
            expect(end).not.toBeNull();
          }
          await close(session);
        }
        expect(seen).toBeGreaterThan(0);
        const again = open(branch.name);
        const receipts = branch.receipts(0, branch.length);
        expect(again?.receipts(0, branch.length)).toStrictEqual(receipts);
        for (const { index } of receipts) {
          for (const each of [branch, again]) expect(each?.rerun(index, null)).toMatchObject({ ok: true });
        }
      },
    ),
    { numRuns: 8 },
  );
});
