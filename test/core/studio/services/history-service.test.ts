import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import type { Result } from '../../../../core/base/result';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { createCodeBook } from '../../../../core/studio/services/code-book';
import { createHistoryService } from '../../../../core/studio/services/history-service';
import { create, newBranch, onlyBranch, signal } from '../../../fixtures/branch';
import { adder } from '../../../fixtures/contracts';
import { createFakeClock } from '../rpc/fake-clock';

function openWorld() {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  create(branch, '/sum', adder);
  for (const value of [1, 10, 100]) signal(branch, '/sum', 'add', [value]);
  const codes = createCodeBook(storage);
  return createHistoryService({ branches: onlyBranch(branch), storage, codes, clock: createFakeClock() });
}

const { signal: never } = new AbortController();
const newest = { branch: null, order: 'newest', from: null, count: 2 } as const;
const wrote = { kernel: '/sum', key: textToBytes('sum'), match: 'key' } as const;

async function answerOf<T>(answer: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('finds receipts in pages, newest first', async () => {
  const service = openWorld();
  const first = await answerOf(service['history.find']({ ...newest, filter: { wrote, from: null } }, never));
  expect(first).toMatchObject({ rows: [{ index: 3, method: 'add' }, { index: 2 }], next: 1, length: 4 });
  const filter = { wrote };
  const rest = await answerOf(service['history.find']({ ...newest, from: first.next, filter }, never));
  expect(rest).toMatchObject({ rows: [{ index: 1 }], next: null });
});

test('tells the values of a key over time', async () => {
  const asked = { ...newest, order: 'oldest', kernel: '/sum', key: wrote.key } as const;
  const values = await answerOf(openWorld()['history.values'](asked, never));
  expect(values.rows).toMatchObject([
    { receipt: { index: 1 }, before: null, after: { data: { length: 8 } } },
    { receipt: { index: 2 }, before: { data: { length: 8 } }, after: { data: { length: 8 } } },
  ]);
});

test('says what was wrong with the question, and can be aborted', async () => {
  const find = openWorld()['history.find'];
  expect(await find({ ...newest, filter: { to: 'sum' } }, never)).toMatchObject({ ok: false });
  expect(await find({ ...newest, filter: { uses: 'kernel.tim' } }, never)).toMatchObject({ ok: false });
  expect(await find({ ...newest, branch: 'other', filter: {} }, never)).toMatchObject({
    error: { code: 'no-branch' },
  });
  expect(await find({ ...newest, filter: { wrote } }, AbortSignal.abort())).toMatchObject({
    error: { code: 'cancelled' },
  });
});

test('frees what no branch reaches, once at a time', async () => {
  const service = openWorld();
  const collect = () => service['history.collect']({}, never);
  const [first, second] = await Promise.all([collect(), collect()]);
  expect(first).toMatchObject({ ok: true, value: { blocks: 0, before: {}, after: {} } });
  expect(second).toMatchObject({ ok: false, error: { code: 'busy' } });
  expect(await collect()).toMatchObject({ ok: true });
  const found = await answerOf(service['history.find']({ ...newest, filter: { wrote } }, never));
  expect(found.rows).toHaveLength(2);
});
