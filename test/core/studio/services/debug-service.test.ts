import { expect, test } from 'vitest';
import { create, signal } from '../../../fixtures/branch';
import { adder } from '../../../fixtures/contracts';
import { never, openDebugService, valueOf } from './debug-services';

const stepIn = { kind: 'in', back: false, by: 'instruction', times: 1 } as const;

test('a message of the past is opened, stepped through, and shows what it had then', async () => {
  const { branch, service } = openDebugService();
  create(branch, '/sum', adder);
  signal(branch, '/sum', 'add', [5]);
  const [receipt] = signal(branch, '/sum', 'add', [7]);
  const opened = await valueOf(
    service['debug.open']({ receipt: receipt?.index ?? 0, at: { kind: 'start', by: 'line' } }, never),
  );
  expect(opened).toMatchObject({
    session: 0,
    receipt: 2,
    message: { to: '/sum', method: 'add' },
    reason: { kind: 'opened' },
    count: 0,
    depth: 1,
    end: null,
  });
  const { session } = opened;
  const range = { start: 0, count: 100 };
  const locals = await valueOf(service['debug.values']({ session, of: 'locals', frame: 0, ...range }, never));
  expect(locals.rows).toStrictEqual([
    { index: 0, name: null, type: 'i64', bits: 7n, value: 7n, source: null, changed: false },
  ]);
  const end = await valueOf(service['debug.move']({ session, move: { kind: 'to end' } }, never));
  expect(end).toMatchObject({ reason: { kind: 'end' }, place: null, depth: 0 });
  const changes = await valueOf(service['debug.changes']({ session, ...range }, never));
  expect(changes.rows).toMatchObject([{ key: 'sum' }]);
  const expressions = ['$state["sum"].length', 'i64[16]', '$gas > 0', 'nobody'];
  const seen = await valueOf(service['debug.evaluate']({ session, frame: 0, expressions }, never));
  expect(seen.values).toStrictEqual([
    { ok: true, type: 'int', value: 8, more: 0 },
    { ok: true, type: 'i64', value: 12, more: 0 },
    { ok: true, type: 'bool', value: true, more: 0 },
    { ok: false, message: '1:1: there is no nobody here' },
  ]);
  const memory = await valueOf(service['debug.memory']({ session, address: 16, length: 8 }, never));
  expect(memory).toMatchObject({ bytes: Uint8Array.of(12, 0, 0, 0, 0, 0, 0, 0), size: 65536 });
  const first = await valueOf(
    service['debug.move']({ session, move: { kind: 'restart', by: 'instruction' } }, never),
  );
  expect(first).toMatchObject({ reason: { kind: 'moved' }, count: 0, end: { count: end.count } });
  await valueOf(service['debug.move']({ session, move: stepIn }, never));
  const operands = await valueOf(
    service['debug.values']({ session, of: 'operands', frame: 0, ...range }, never),
  );
  expect(operands.rows).toMatchObject([{ type: 'i32', value: 0, changed: true }]);
  expect(await valueOf(service['debug.changes']({ session, ...range }, never))).toMatchObject({ rows: [] });
  await valueOf(service['debug.close']({ session }, never));
  expect(await service['debug.where']({ session }, never)).toMatchObject({
    ok: false,
    error: { code: 'no-session' },
  });
});

test('a message without code, and one that no receipt is of, are refused with the reason', async () => {
  const { branch, service } = openDebugService();
  create(branch, '/sum', adder);
  signal(branch, '/nobody', 'add', [5]);
  const at = { kind: 'start', by: 'line' } as const;
  const codesOf = await Promise.all(
    [0, 1, 7].map(async (receipt) => service['debug.open']({ receipt, at }, never)),
  );
  expect(codesOf.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toStrictEqual([
    'nothing-ran',
    'nothing-ran',
    'no-receipt',
  ]);
});
