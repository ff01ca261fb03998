import { expect, test } from 'vitest';
import { create, signal } from '../../../fixtures/branch';
import { adder } from '../../../fixtures/contracts';
import { never, openDebugService, valueOf } from './debug-services';

const all = { start: 0, count: 100 };
const page = { after: null, count: 100 };

/** A session at the end of a message to an adder that had 5 before. */
async function open(method: 'add' | 'addAndTrap') {
  const { branch, service } = openDebugService();
  create(branch, '/sum', adder);
  signal(branch, '/sum', 'add', [5]);
  const [receipt] = signal(branch, '/sum', method, [7]);
  const opened = service['debug.open']({ receipt: receipt?.index ?? 0, at: { kind: 'end' } }, never);
  return { service, ...(await valueOf(opened)) };
}

const bytesOf = (number: number) => Uint8Array.of(number, 0, 0, 0, 0, 0, 0, 0);

test('import calls so far have their moments, and go back with the session', async () => {
  const { service, session, count } = await open('add');
  const imports = async () => valueOf(service['debug.imports']({ session, ...all }, never));
  expect(await imports()).toMatchObject({
    total: 2,
    rows: [
      { moment: 4, call: { name: 'state_get', args: [{ value: 'sum' }, { value: 8 }], result: 8 } },
      { moment: 16, call: { name: 'state_set', args: [{ value: 'sum' }, {}], stack: [{ function: 2 }] } },
    ],
  });
  await valueOf(service['debug.move']({ session, move: { kind: 'to count', count: 16 } }, never));
  expect(await imports()).toMatchObject({ total: 1, rows: [{ moment: 4 }] });
  expect(count).toBe(19);
});

test('the last write tells who wrote, and what was there before', async () => {
  const { service, session } = await open('add');
  const last = async () => valueOf(service['debug.lastWrite']({ session, address: 16, length: 8 }, never));
  expect(await last()).toMatchObject({
    write: { moment: 11, import: null, before: bytesOf(5), after: bytesOf(12), place: { function: 2 } },
  });
  await valueOf(service['debug.move']({ session, move: { kind: 'to count', count: 11 } }, never));
  expect(await last()).toMatchObject({
    write: { moment: 4, import: 'kernel.state_get', before: bytesOf(0), after: bytesOf(5) },
  });
  await valueOf(service['debug.move']({ session, move: { kind: 'to count', count: 4 } }, never));
  expect(await last()).toStrictEqual({ write: null });
});

test('changes, values at passes and marks are of the whole run', async () => {
  const { service, session } = await open('add');
  const key = new TextEncoder().encode('sum');
  const changes = async (
    of: { kind: 'state'; key: Uint8Array } | { kind: 'memory'; address: number; length: number },
  ) => valueOf(service['debug.changesOf']({ session, of, ...page }, never));
  const [five, twelve] = [5, 12].map((number) => ({ bytes: bytesOf(number), length: 8 }));
  expect(await changes({ kind: 'state', key })).toMatchObject({
    rows: [{ moment: 16, before: five, after: twelve }],
    next: null,
  });
  expect(await changes({ kind: 'memory', address: 16, length: 8 })).toMatchObject({
    rows: [{ moment: 4 }, { moment: 11, before: five, after: twelve }],
  });
  const at = { kind: 'function', function: 2 } as const;
  const values = async (expression: string) =>
    service['debug.valuesAt']({ session, at, expression, ...page }, never);
  expect(await valueOf(values('$0 + 1'))).toMatchObject({
    rows: [{ moment: 0, value: { ok: true, value: 8 } }],
    next: null,
  });
  expect(await values('1 +')).toMatchObject({ ok: false, error: { code: 'bad-expression' } });
  expect(await valueOf(service['debug.marks']({ session, stretches: 2 }, never))).toMatchObject({
    end: 19,
    outcome: { kind: 'ok' },
    stretches: [
      { moment: 0, imports: 1, sends: 0, depth: 1 },
      { moment: 10, imports: 1, sends: 0, depth: 1 },
    ],
  });
  expect(await valueOf(service['debug.trap']({ session }, never))).toStrictEqual({ trap: null });
});

test('a trap is told with what led to it, and what it rolls back', async () => {
  const { service, session, count } = await open('addAndTrap');
  const { trap } = await valueOf(service['debug.trap']({ session }, never));
  expect(trap).toMatchObject({
    moment: count - 1,
    reason: 'unreachable',
    frames: [{ function: 3 }],
    operands: [],
    imports: [{ call: { name: 'state_set' } }],
    changes: [
      { key: 'sum', before: { data: { bytes: bytesOf(5) } }, after: { data: { bytes: bytesOf(7) } } },
    ],
    changesTotal: 1,
    sends: 0,
  });
  expect(await valueOf(service['debug.where']({ session }, never))).toMatchObject({ count });
});

test('a question that is given up leaves the session where it was', async () => {
  const { service, session, count } = await open('add');
  const given = new AbortController();
  given.abort();
  const answer = service['debug.lastWrite']({ session, address: 0, length: 1 }, given.signal);
  expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await valueOf(service['debug.where']({ session }, never))).toMatchObject({ count });
});
