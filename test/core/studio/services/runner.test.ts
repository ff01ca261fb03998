import { expect, test } from 'vitest';
import type { Clock } from '../../../../core/base/clock';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import type { Branch } from '../../../../core/history/branch';
import type { WorldStatus } from '../../../../core/studio/protocol/world';
import { createRunner } from '../../../../core/studio/services/runner';
import { openGate } from '../../../fixtures/breakpoints';
import { newBranch } from '../../../fixtures/branch';
import { createFakeClock } from '../rpc/fake-clock';

const fail = (error: unknown): void => {
  throw error;
};

/** Each is rejected, which is a receipt as any other. */
function signalNobody(branch: Branch, times: number): void {
  for (let count = 0; count < times; count++) {
    branch.signal({ to: '/nobody' as Address, method: 'x', args: encodeValue([]), replyTo: null, gas: null });
  }
}

function start(branch: Branch, paused = false) {
  const clock = createFakeClock();
  const told: WorldStatus[] = [];
  const bugs: unknown[] = [];
  const runner = createRunner({ branch, clock, paused, gate: openGate, onBug: (error) => bugs.push(error) });
  runner.onStatus.on((status) => told.push(status));
  return { clock, told, bugs, runner };
}

test('delivers what is pending in turns, and tells of it no more than 30 times a second', () => {
  const branch = newBranch();
  const { clock, told, runner } = start(branch);
  signalNobody(branch, 5000);
  runner.wake();
  expect(told.map(({ state, length }) => ({ state, length }))).toStrictEqual([
    { state: 'running', length: 0 },
  ]);
  expect(branch.length).toBe(0);
  clock.advance(0);
  expect(branch.length).toBe(5000);
  clock.advance(1000);
  expect(told.map(({ state, length, pending }) => ({ state, length, pending }))).toStrictEqual([
    { state: 'running', length: 0, pending: 5000 },
    { state: 'ready', length: 5000, pending: 0 },
  ]);
});

test('a turn ends when its time is over, and the disk is waited for no more than 30 times a second', () => {
  const branch = newBranch();
  const clock = createFakeClock();
  let late = 0;
  const lateClock: Clock = { ...clock, now: () => clock.now() + late };
  const lengths: number[] = [];
  branch.onCommit.on(({ length }) => {
    lengths.push(length);
    late += 1000;
  });
  const advance: Branch['advance'] = (most, course) =>
    branch.advance(most, { goesOn: () => ++late > 0 && course?.goesOn?.() === true });
  const slow = Object.create(branch, { advance: { value: advance } }) as Branch;
  const runner = createRunner({ branch: slow, clock: lateClock, paused: false, gate: openGate, onBug: fail });
  signalNobody(branch, 100);
  runner.wake();
  clock.advance(0);
  expect(lengths).toStrictEqual([20, 60, 100]);
});

test('stopped, it keeps what is pending until it is told to go on', async () => {
  const branch = newBranch();
  const { clock, runner } = start(branch);
  signalNobody(branch, 3);
  runner.wake();
  runner.stop();
  clock.advance(1000);
  expect(runner.status()).toMatchObject({ state: 'stopped', length: 0, pending: 3 });
  await runner.reached(3);
  runner.continue();
  const reached = runner.reached(3);
  clock.advance(0);
  await reached;
  expect(runner.status()).toMatchObject({ state: 'ready', length: 3, pending: 0, fault: null });
});

test('begun paused, it delivers nothing', () => {
  const branch = newBranch();
  signalNobody(branch, 1);
  const { clock, runner } = start(branch, true);
  clock.advance(1000);
  expect(runner.status()).toMatchObject({ state: 'stopped', length: 0, pending: 1 });
});

test('a world that can’t go on is stopped with the reason, and said to be mended by a restart', () => {
  const branch: Branch = {
    ...newBranch(),
    pending: 1,
    advance() {
      throw new Error('the disk is on fire');
    },
  };
  const { clock, bugs, runner } = start(branch);
  runner.wake();
  clock.advance(1000);
  expect(runner.status()).toMatchObject({
    state: 'stopped',
    fault: {
      code: 'world-failed',
      message: 'the disk is on fire',
      remedy: expect.stringContaining('restart'),
    },
  });
  expect(bugs).toHaveLength(1);
});
