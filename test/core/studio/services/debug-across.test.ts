import { expect, test } from 'vitest';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { create, signal } from '../../../fixtures/branch';
import { adder, asker } from '../../../fixtures/contracts';
import { never, openDebugService, valueOf } from './debug-services';

/** Of the call that sends, in `pass` of the asker. */
const sending = 10;

function openWorld() {
  const { branch, service } = openDebugService();
  create(branch, '/asker', asker);
  const open = async (receipt: number, count: number) =>
    valueOf(service['debug.open']({ receipt, at: { kind: 'count', count } }, never));
  const step = async (session: number, kind: 'in' | 'over' | 'out', back: boolean) =>
    valueOf(service['debug.move']({ session, move: { kind, back, by: 'instruction', times: 1 } }, never));
  return { branch, service, open, step };
}

/** Receipts of `pass`, of the `add` that it sent, and of the `told` that is the reply. */
function openAsked() {
  const world = openWorld();
  create(world.branch, '/asker/sum', adder);
  const [pass, add, told] = signal(world.branch, '/asker', 'pass', [5]).map(({ index }) => index);
  return { ...world, pass: pass ?? 0, add: add ?? 0, told: told ?? 0 };
}

test('a step into a call that sends goes on where the message ran, and a step back comes to the call again', async () => {
  const { open, step, pass, add } = openAsked();
  const { session } = await open(pass, sending);
  expect(await step(session, 'in', false)).toMatchObject({
    session,
    receipt: add,
    message: { to: '/asker/sum', method: 'add' },
    count: 0,
    reason: { kind: 'moved' },
    notes: [],
  });
  expect(await step(session, 'in', false)).toMatchObject({ receipt: add, count: 1 });
  expect(await step(session, 'in', true)).toMatchObject({ receipt: add, count: 0 });
  expect(await step(session, 'in', true)).toMatchObject({
    session,
    receipt: pass,
    message: { to: '/asker', method: 'pass' },
    count: sending,
  });
});

test('a step over a call that sends stays with its message, and so does one back over the beginning', async () => {
  const { open, step, pass, add } = openAsked();
  const { session } = await open(pass, sending);
  expect(await step(session, 'over', false)).toMatchObject({ receipt: pass, count: sending + 1 });
  const other = await open(add, 0);
  expect(await step(other.session, 'over', true)).toMatchObject({ receipt: add, reason: { kind: 'start' } });
});

test('back out of a reply it stands at the end of the run that gave it', async () => {
  const { open, step, add, told } = openAsked();
  const { session } = await open(told, 2);
  const stop = await step(session, 'out', true);
  expect(stop).toMatchObject({ receipt: add, message: { method: 'add' } });
  expect(stop.end?.count).toBe(stop.count);
});

test('where there is no other message it stays, and says why', async () => {
  const { branch, open, step } = openWorld();
  const [pass] = signal(branch, '/asker', 'pass', [5]);
  const first = await open(pass?.index ?? 0, 0);
  expect(await step(first.session, 'out', true)).toMatchObject({
    count: 0,
    reason: { kind: 'start' },
    notes: ['pass came from outside: no kernel sent it'],
  });
  const rejected = await open(pass?.index ?? 0, sending);
  const stop = await step(rejected.session, 'in', false);
  expect(stop).toMatchObject({ count: sending + 1, receipt: pass?.index });
  expect(stop.notes[0]).toMatch(/^no code ran for this message: it was rejected: no kernel \/asker\/sum/);
  branch.signal({
    to: '/asker' as Address,
    method: 'pass',
    args: encodeValue([5]),
    replyTo: null,
    gas: null,
  });
  branch.run(1);
  const waiting = await open(branch.length - 1, sending);
  expect(await step(waiting.session, 'in', false)).toMatchObject({
    notes: ['its message to /asker/sum has no receipt: it is still on its way'],
  });
});

test('what is sent after a change leads nowhere yet', async () => {
  const { service, open, step, pass } = openAsked();
  const { session } = await open(pass, 4);
  const edit = { kind: 'memory', address: 0, bytes: Uint8Array.of(0x73) } as const;
  await valueOf(service['debug.edit']({ session, edit }, never));
  await valueOf(service['debug.move']({ session, move: { kind: 'to count', count: sending } }, never));
  expect(await step(session, 'in', false)).toMatchObject({
    receipt: pass,
    notes: ['what is sent after a change is sent on no branch yet: make one of it first'],
  });
});
