import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Breakpoint, Trigger } from '../../../../core/debugger/breakpoint';
import { systemClock } from '../../../../core/host/clock';
import type { Schedule } from '../../../../core/kernel/scheduler';
import type { DebugStop } from '../../../../core/studio/protocol/debug-values';
import type { EmitDebugEvent } from '../../../../core/studio/services/debug-service';
import { type Runner, createRunner } from '../../../../core/studio/services/runner';
import { createScheduleService } from '../../../../core/studio/services/schedule-service';
import { createWorldService } from '../../../../core/studio/services/world-service';
import { create } from '../../../fixtures/branch';
import { adder, gossip } from '../../../fixtures/contracts';
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

const write: Trigger = { kind: 'state', kernel: null, path: 'sum', access: 'write' };

function openWorld(
  breakpoints: readonly Breakpoint[],
  codeByAddress: Readonly<Record<string, Uint8Array>>,
  schedule: Schedule = 'fifo',
) {
  const held: DebugStop[] = [];
  let tellHeld: () => void = () => undefined;
  const emit: EmitDebugEvent = (name, payload) => {
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
  } = openDebugService(emit, { breakpoints, schedule, release: () => runner.release() });
  for (const [address, code] of Object.entries(codeByAddress)) create(branch, address, code);
  const runner: Runner = createRunner({
    branch,
    clock: systemClock,
    paused: false,
    gate,
    onBug: (error) => expect.fail(String(error)),
  });
  const world = createWorldService({ branch, blocks: storage, codes, runner });
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
  return { branch, handlers, runner, world, scheduling, held, send, rest, move, close, nextHeld };
}

const sums = (breakpoints: readonly Breakpoint[], schedule?: Schedule) =>
  openWorld(breakpoints, { '/a': adder, '/b': adder }, schedule);

describe('a message that a breakpoint stops', () => {
  test('is held back with a session on it, and all that goes after it; closed, it is delivered', async () => {
    const { branch, world, held, send, rest, close, handlers } = sums([on(write, { when: '$to == "/a"' })]);
    await send('/b', 'add', [1]);
    await send('/a', 'add', [5]);
    await send('/b', 'add', [2]);
    await rest();
    expect(branch.length).toBe(3);
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
    expect(branch.receipts(2, 10).map(({ message }) => message.to)).toStrictEqual(['/b', '/a', '/b']);
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

  test('is not meddled with', async () => {
    const { held, send, rest, scheduling, runner } = sums([on(write)]);
    await send('/a', 'add', [5]);
    await rest();
    const id = held[0]?.message.id ?? -1;
    expect(runner.held).toBe(id);
    for (const call of ['schedule.drop', 'schedule.duplicate', 'schedule.deliver'] as const) {
      expect(await scheduling[call]({ id }, never)).toMatchObject({ error: { code: 'held' } });
    }
    expect(await scheduling['schedule.choose']({ schedule: 'manual' }, never)).toMatchObject({
      error: { code: 'held' },
    });
  });

  test('is held back when it is delivered by hand, too', async () => {
    const { branch, held, send, rest, scheduling, close } = sums([on(write)], 'manual');
    await send('/a', 'add', [5]);
    await rest();
    const [waiting] = branch.waiting();
    const id = waiting?.message.id ?? -1;
    expect(await scheduling['schedule.deliver']({ id }, never)).toMatchObject({ error: { code: 'held' } });
    expect(held).toMatchObject([{ message: { id }, receipt: null }]);
    const { receipt } = await send('/b', 'add', [1]);
    await close(held[0]?.session ?? -1);
    await rest();
    expect(branch.receipts(branch.length - 2, 2).map(({ message }) => message.method)).toStrictEqual([
      'add',
      'world:signal',
    ]);
    expect(receipt).toBe(branch.length - 1);
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

test('holding messages back changes nothing of what becomes of them', async () => {
  async function rootAfter(breakpoints: readonly Breakpoint[], schedule: Schedule) {
    const kernels = { '/a': gossip, '/b': gossip, '/c': gossip };
    const { branch, held, send, rest, move, close } = openWorld(breakpoints, kernels, schedule);
    await send('/a', 'tell', [2]);
    await send('/b', 'tell', [1]);
    let seen = 0;
    for (await rest(); held.length > seen; await rest()) {
      const { session } = held[seen++] ?? { session: -1 };
      if (seen % 2 === 0) await move(session, 'to end');
      await close(session);
    }
    return { after: { root: branch.root(), length: branch.length }, seen };
  }
  const schedule = fc.oneof(fc.constant<Schedule>('fifo'), fc.record({ seed: fc.nat(100) }));
  await fc.assert(
    fc.asyncProperty(schedule, fc.constantFrom('/a', '/b'), async (chosen, kernel) => {
      const stopping = on({ kind: 'method', kernel, method: 'tell' }, { when: '$args[0] != 1' });
      const { seen, after } = await rootAfter([stopping], chosen);
      expect(seen).toBeGreaterThan(0);
      expect(after).toStrictEqual((await rootAfter([], chosen)).after);
    }),
    { numRuns: 8 },
  );
});
