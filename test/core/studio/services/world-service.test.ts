import { expect, test } from 'vitest';
import type { Result } from '../../../../core/base/result';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { enqueueSignal, interveneSignal } from '../../../../core/kernel/control-signals';
import type { Schedule } from '../../../../core/kernel/scheduler';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { createCodeBook, keepSourceMap } from '../../../../core/studio/services/code-book';
import { createAwaitedReceipts } from '../../../../core/studio/services/awaited-receipts';
import { createRunner } from '../../../../core/studio/services/runner';
import { createWorldService } from '../../../../core/studio/services/world-service';
import { openGate } from '../../../fixtures/breakpoints';
import { create, newBranch, signal } from '../../../fixtures/branch';
import { watToWasm } from '../../../fixtures/wat';
import { createFakeClock } from '../rpc/fake-clock';

const chatty = watToWasm(`(module
  (import "kernel" "log" (func $log (param i32 i32)))
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "0123456789")
  (func (export "talk") (param $times i32)
    (loop $again
      (call $log (i32.const 0) (i32.rem_u (local.get $times) (i32.const 10)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))
  (func (export "grow") (param $entries i32)
    (loop $again
      (i32.store (i32.const 100) (i32.add (i32.const 0x61616161) (local.get $entries)))
      (call $set (i32.const 100) (i32.const 4) (i32.const 0) (i32.const 1))
      (br_if $again (local.tee $entries (i32.sub (local.get $entries) (i32.const 1))))))
  (func $deep (export "fall") unreachable))`);

function openWorld(schedule: Schedule = 'fifo') {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage, schedule });
  const clock = createFakeClock();
  const runner = createRunner({
    branch,
    clock,
    paused: false,
    gate: openGate,
    onBug: (error) => expect.fail(String(error)),
  });
  const codes = createCodeBook(storage);
  const awaited = createAwaitedReceipts(branch);
  const service = createWorldService({ branch, blocks: storage, codes, runner, awaited });
  return { storage, branch, clock, service, awaited };
}

const { signal: never } = new AbortController();

async function valueOf<T>(answer: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('pages of import calls agree with each other wherever they begin', async () => {
  const { branch, service } = openWorld();
  create(branch, '/chatty', chatty);
  const [receipt] = signal(branch, '/chatty', 'talk', [2500]);
  const index = receipt?.index ?? 0;
  const page = (start: number, count: number) =>
    valueOf(service['world.imports']({ index, start, count }, never));
  const all = [];
  for (let start = 0; start < 2500; start += 100) all.push(...(await page(start, 100)).rows);
  expect(all.map((row) => row.index)).toStrictEqual(Array.from({ length: 2500 }, (_, at) => at));
  for (const start of [0, 950, 1999, 2450, 2499, 5000]) {
    expect(await page(start, 100)).toStrictEqual({ start, total: 2500, rows: all.slice(start, start + 100) });
  }
});

test('while messages are not durable yet, a signal is told its receipt, and nothing of them is shown', async () => {
  const { branch, clock, service } = openWorld();
  create(branch, '/chatty', chatty);
  const { length } = branch;
  const to = { to: '/chatty' as Address, method: 'grow', replyTo: null, gas: null };
  for (let entries = 1; entries <= 3; entries++) branch.signal({ ...to, args: encodeValue([entries]) });
  branch.advance(2);
  expect(branch.delivered).toBe(length + 2);
  const shown = async () => ({
    rows: (await valueOf(service['world.receipts']({ start: 0, count: 100 }, never))).total,
    state: await valueOf(
      service['world.state'](
        { kernel: '/chatty', at: null, prefix: new Uint8Array(), after: null, count: 100 },
        never,
      ),
    ),
  });
  const before = await shown();
  expect(before).toMatchObject({ rows: length, state: { rows: [] } });
  const sent = await valueOf(
    service['world.signal']({ to: '/chatty', method: 'talk', args: [7], gas: null }, never),
  );
  clock.advance(1000);
  const { receipt } = await valueOf(service['world.delivered'](sent, never));
  expect(branch.receipt(receipt ?? -1)?.message).toMatchObject({ id: sent.id, method: 'talk' });
  expect(await shown()).not.toStrictEqual(before);
});

test('changes are counted whole and shown in pages', async () => {
  const { branch, service } = openWorld();
  create(branch, '/chatty', chatty);
  const [receipt] = signal(branch, '/chatty', 'grow', [300]);
  const index = receipt?.index ?? 0;
  const page = await valueOf(service['world.changes']({ index, start: 250, count: 100 }, never));
  expect(page).toMatchObject({ start: 250, total: 300 });
  expect(page.rows).toHaveLength(50);
  expect(await valueOf(service['world.environment']({ index }, never))).toMatchObject({ writes: 300 });
});

test.each<Schedule>(['fifo', { seed: 3 }])(
  'what became of a signal is told when it is there, whatever goes before it: %o',
  async (schedule) => {
    const { branch, clock, service } = openWorld(schedule);
    for (const name of ['/a', '/b', '/c']) create(branch, name, chatty);
    const send = (to: string) =>
      valueOf(service['world.signal']({ to, method: 'talk', args: [1], gas: null }, never));
    const sent = [await send('/a'), await send('/b'), await send('/c')];
    const told = sent.map((each) => valueOf(service['world.delivered'](each, never)));
    clock.advance(0);
    const late = sent.map((each) => valueOf(service['world.delivered'](each, never)));
    for (const [order, { receipt }] of (await Promise.all([...told, ...late])).entries()) {
      expect(branch.receipt(receipt ?? -1)?.message.id).toBe(sent[order % 3]?.id);
    }
  },
);

test('nobody waits in vain for a signal that was dropped, cancelled, or left with its branch', async () => {
  const { branch, service, awaited } = openWorld('manual');
  create(branch, '/a', chatty);
  branch.signal(
    enqueueSignal({ to: '/a' as Address, method: 'talk', args: encodeValue([1]), replyTo: null, gas: null }),
  );
  branch.run(10);
  const id = branch.waiting()[0]?.message.id ?? -1;
  const ask = (signal: AbortSignal) => service['world.delivered']({ id, after: 0 }, signal);
  const cancelling = new AbortController();
  const cancelled = ask(cancelling.signal);
  cancelling.abort();
  expect(await cancelled).toMatchObject({ error: { code: 'cancelled' } });
  const dropped = ask(never);
  branch.signal(interveneSignal({ intervention: 'drop', id }));
  branch.run(10);
  expect(await dropped).toMatchObject({ value: { receipt: null } });
  const left = service['world.delivered']({ id: id + 100, after: 0 }, never);
  awaited.dispose();
  expect(await left).toMatchObject({ error: { code: 'branch-left' } });
});

test('a trap is placed in its source when the map of it was kept', async () => {
  const { storage, branch, service } = openWorld();
  create(branch, '/chatty', chatty);
  const [receipt] = signal(branch, '/chatty', 'fall');
  const outcome = receipt?.outcome;
  if (outcome?.kind !== 'trap' || outcome.position === null) throw new Error('it falls');
  // One segment: column of the trap's offset, source 0, line 8, column 5 of it, each from 1.
  const map = {
    version: 3,
    sources: ['contracts/chatty.ts'],
    names: [],
    mappings: `${vlq(outcome.position.offset)}AOI`,
  };
  keepSourceMap(storage, branch.addCode(chatty), JSON.stringify(map));
  const detail = await valueOf(service['world.receipt']({ index: receipt?.index ?? 0 }, never));
  expect(detail.outcome).toMatchObject({
    stack: [{ functionName: 'deep' }],
    source: { file: 'contracts/chatty.ts', line: 8, column: 5 },
  });
});

test('children are listed in pages, in order of their names, as they were at any time', async () => {
  const { branch, service } = openWorld();
  for (let number = 0; number < 250; number++) create(branch, `/k${String(number).padStart(3, '0')}`, null);
  const page = (at: number | null, start: number) =>
    valueOf(service['world.kernels']({ parent: '/', at, start, count: 100 }, never));
  expect(await page(null, 200)).toMatchObject({ start: 200, total: 250 });
  expect((await page(null, 200)).rows.map(({ name }) => name).slice(0, 2)).toStrictEqual(['k200', 'k201']);
  const after = { parent: '/', at: null, start: 200, count: 100, after: 'k199' };
  expect(await valueOf(service['world.kernels'](after, never))).toStrictEqual(await page(null, 200));
  expect(await page(null, 250)).toMatchObject({ total: 250, rows: [] });
  expect(await page(120, 100)).toMatchObject({ total: 120 });
  expect((await page(120, 100)).rows).toHaveLength(20);
  expect(await service['world.kernels']({ parent: '/', at: 251, start: 0, count: 1 }, never)).toMatchObject({
    error: { code: 'no-receipt' },
  });
});

test('a large value is read in parts', async () => {
  const { branch, service } = openWorld();
  const bytes = Uint8Array.from({ length: 150_000 }, (_, at) => at % 251);
  create(branch, '/box', null, { big: bytes });
  const kernel = '/box';
  const key = new TextEncoder().encode('big');
  const parts: number[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const { value } = await valueOf(service['world.value']({ kernel, at: null, key, offset }, never));
    expect(value?.data.length).toBe(bytes.length);
    parts.push(...(value?.data.bytes ?? []));
    offset = parts.length;
  }
  expect(Uint8Array.from(parts)).toStrictEqual(bytes);
  const missing = { kernel, at: null, key: new TextEncoder().encode('none'), offset: 0 };
  expect(await valueOf(service['world.value'](missing, never))).toStrictEqual({ value: null });
});

/** One number of a source map: five bits at a time, the sign first. */
function vlq(number: number): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let rest = number * 2;
  let text = '';
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += digits[rest > 0 ? digit + 32 : digit];
  } while (rest > 0);
  return text;
}
