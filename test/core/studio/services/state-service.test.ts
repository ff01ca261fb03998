import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import { hashOf, textToHash } from '../../../../core/base/hash';
import type { Result } from '../../../../core/base/result';
import { encodeValue } from '../../../../core/base/value';
import type { Address } from '../../../../core/environment/address';
import { verifyEntry } from '../../../../core/kernel/world-proof';
import type { Params, Returns } from '../../../../core/studio/protocol/declare';
import type { stateProtocol } from '../../../../core/studio/protocol/state';
import { createStateService } from '../../../../core/studio/services/state-service';
import { create, newBranch, onlyBranch } from '../../../fixtures/branch';
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
  return { branch, clock, service: createStateService({ branches: onlyBranch(branch), clock, hashOf }) };
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
  const service = createStateService({ branches: onlyBranch(branch), clock, hashOf });
  expect(await service['state.search'](all, controller.signal)).toMatchObject({
    error: { code: 'cancelled' },
  });
  expect(turns).toBe(3);
  expect(await valueOf(service['state.search'](all, never))).toMatchObject({ looked: 150 });
  expect(turns).toBeGreaterThan(3);
});

test('a proof is given with what it shows, and can be checked without the world', async () => {
  const { branch, service } = openWorld();
  const key = textToBytes('entry/65');
  const prove = (kernel: string) => valueOf(service['state.prove']({ kernel, at: null, key }, never));
  const proof = await prove('/a/b/c');
  expect(proof).toMatchObject({ holds: 'value', value: { value: 65 } });
  const root = textToHash(proof.root);
  expect(root).toEqual(branch.root());
  if (root === null) throw new Error('it has a root');
  expect(verifyEntry({ root, address: '/a/b/c' as Address, key, blocks: proof.blocks }, hashOf)).toEqual({
    ok: true,
    value: { holds: 'value', value: encodeValue(65) },
  });
  expect(await prove('/a')).toMatchObject({ holds: 'no-key', value: null });
  expect(await prove('/none')).toMatchObject({ holds: 'no-kernel', value: null });
});

test('two points of the past are compared in pages, down to the entries', async () => {
  const { branch, service } = openWorld();
  const compare = (before: number, last: string | null) =>
    valueOf(service['state.compare']({ before, after: null, last, count: 2 }, never));
  expect(await compare(1, null)).toMatchObject({
    rows: [{ kernel: '/a-b', before: null, after: { code: null } }, { kernel: '/a/b' }],
    more: true,
  });
  expect(await compare(1, '/a/b')).toMatchObject({
    rows: [{ kernel: '/a/b/c' }, { kernel: '/z' }],
    more: false,
  });
  expect(await compare(branch.length, null)).toEqual({ rows: [], more: false });
  const entries = (last: Uint8Array | null) =>
    valueOf(service['state.compareKernel']({ kernel: '/z', before: 1, after: null, last, count: 20 }, never));
  const first = await entries(null);
  expect(first).toMatchObject({ more: true, rows: { length: 20, 0: { key: 'entry/120', before: null } } });
  const rest = await entries(first.rows.at(-1)?.rawKey.bytes ?? null);
  expect(rest).toMatchObject({ more: false, rows: { length: 10 } });
});

test('states are measured in slices, with what another point shares', async () => {
  const { branch, service } = openWorld();
  const measured = await valueOf(
    service['state.statistics']({ kernel: '/a', below: true, at: null, sharedWith: 1 }, never),
  );
  expect(measured).toMatchObject({ kernels: 3, entries: 90 });
  const first = await valueOf(
    service['state.statistics']({ kernel: '/a', below: false, at: branch.length, sharedWith: null }, never),
  );
  expect(measured.shared).toEqual(first.stored);
  const all = { kernel: '/', below: true, at: null, sharedWith: null };
  expect(await service['state.statistics'](all, AbortSignal.abort())).toMatchObject({
    error: { code: 'cancelled' },
  });
});
