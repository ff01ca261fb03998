import { expect, test } from 'vitest';
import type { Result } from '../../../../core/base/result';
import type { Params, Returns } from '../../../../core/studio/protocol/declare';
import type { stateProtocol } from '../../../../core/studio/protocol/state';
import { createStateService } from '../../../../core/studio/services/state-service';
import { create, newBranch } from '../../../fixtures/branch';
import { createFakeClock } from '../rpc/fake-clock';

type Search = Params<typeof stateProtocol, 'state.search'>;

function openWorld() {
  const branch = newBranch();
  const state = (from: number) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`entry/${from + index}`, from + index]));
  for (const [index, address] of ['/a', '/a/b', '/a/b/c', '/a-b', '/z'].entries()) {
    create(branch, address, null, state(index * 30));
  }
  const clock = createFakeClock();
  return { branch, clock, service: createStateService({ branch, clock }) };
}

const { signal: never } = new AbortController();
const all: Search = {
  kernel: '/',
  below: true,
  at: null,
  term: { kind: 'text', text: '1' },
  keys: true,
  values: false,
  after: null,
  count: 100,
};

async function valueOf<T>(answer: Result<T, unknown> | Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('a search goes through all kernels below, in pages', async () => {
  const { service } = openWorld();
  const whole = await valueOf(service['state.search'](all, never));
  expect(whole).toMatchObject({ looked: 150, next: null });
  const expected = Array.from({ length: 150 }, (_, index) => String(index)).filter((name) =>
    name.includes('1'),
  );
  expect(whole.rows).toHaveLength(expected.length);
  expect(new Set(whole.rows.map(({ key }) => key))).toEqual(new Set(expected.map((name) => `entry/${name}`)));

  const rows = [];
  for (let after: Search['after'] = null; ;) {
    const page: Returns<typeof stateProtocol, 'state.search'> = await valueOf(
      service['state.search']({ ...all, count: 7, after }, never),
    );
    rows.push(...page.rows);
    if (page.next === null) break;
    after = page.next;
  }
  expect(rows).toStrictEqual(whole.rows);
});

test('a search stays in its kernel, in those below it, and in its time', async () => {
  const { branch, service } = openWorld();
  const kernels = async (params: Partial<Search>) => {
    const { rows } = await valueOf(service['state.search']({ ...all, ...params }, never));
    return [...new Set(rows.map(({ kernel }) => kernel))];
  };
  expect(await kernels({ kernel: '/a' })).toEqual(['/a', '/a/b', '/a/b/c']);
  expect(await kernels({ kernel: '/a', below: false })).toEqual(['/a']);
  expect(await kernels({ at: 2 })).toEqual(['/a', '/a/b']);
  expect(await kernels({ term: { kind: 'number', number: 65 }, keys: false, values: true })).toEqual([
    '/a/b/c',
  ]);
  expect(await service['state.search']({ ...all, at: branch.length + 1 }, never)).toMatchObject({
    error: { code: 'no-receipt' },
  });
  expect(await service['state.search']({ ...all, kernel: '/none' }, never)).toMatchObject({
    error: { code: 'no-kernel' },
  });
});

test('a search lets others have their turn, and ends when it is cancelled', async () => {
  const { branch } = openWorld();
  let now = 0;
  let turns = 0;
  const controller = new AbortController();
  const clock = {
    now: () => now++,
    after(_: number, run: () => void) {
      turns++;
      if (turns === 3) controller.abort();
      queueMicrotask(run);
      return { dispose: () => undefined };
    },
  };
  const service = createStateService({ branch, clock });
  expect(await service['state.search'](all, controller.signal)).toMatchObject({
    error: { code: 'cancelled' },
  });
  expect(turns).toBe(3);
  expect(await valueOf(service['state.search'](all, never))).toMatchObject({ looked: 150 });
  expect(turns).toBeGreaterThan(3);
});
