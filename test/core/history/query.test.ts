import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex, bytesToText, textToBytes } from '../../../core/base/bytes';
import { finish } from '../../../core/base/steps';
import type { Storage } from '../../../core/base/storage';
import { encodeValue } from '../../../core/base/value';
import { type Address, isWithin, rootAddress } from '../../../core/environment/address';
import { type Branch, openBranch } from '../../../core/history/branch';
import { createPastIndex } from '../../../core/history/past-index';
import {
  type ReceiptFilter,
  type ReceiptQuery,
  type StatePath,
  findReceipts,
  valuesAround,
} from '../../../core/history/query';
import { writeSignal } from '../../../core/kernel/control-signals';
import type { Receipt } from '../../../core/kernel/receipt';
import type { WorldView } from '../../../core/kernel/world-view';
import { entriesIn } from '../../../core/state/iterate';
import { longestSpan } from '../../../core/history/segment';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, newBranch, partsOn, signal } from '../../fixtures/branch';
import { notes } from '../../fixtures/contracts';

const at = (text: string) => text as Address;

function open(storage: Storage, name: string): Branch {
  const branch = openBranch(partsOn(storage), name);
  if (branch === undefined) throw new Error(`there is a branch ${name}`);
  return branch;
}

/** All pages of an answer. */
function answerTo(
  branch: Branch,
  storage: Storage,
  {
    order = 'oldest',
    count = 1000,
    from = null,
    effort = Infinity,
    filter,
  }: Partial<ReceiptQuery> & Pick<ReceiptQuery, 'filter'>,
  index = createPastIndex(branch, storage, true),
): readonly number[] {
  const found: number[] = [];
  for (let next = from; ;) {
    const page = finish(
      findReceipts(index, { branch, blocks: storage }, { filter, order, from: next, count, effort }),
    );
    if (!page.ok) throw new Error(page.error.message);
    found.push(...page.value.receipts.map((receipt) => receipt.index));
    next = page.value.next;
    if (next === null) return found;
  }
}

const addresses = ['/a', '/a/x', '/a-b', '/b', '/b/x'] as const;

type Step =
  | { readonly kind: 'call'; readonly to: string; readonly method: string; readonly n: number }
  | { readonly kind: 'create' | 'remove' | 'fill'; readonly to: string }
  | { readonly kind: 'copy'; readonly to: string; readonly source: string };

const address = fc.constantFrom(...addresses);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('call'),
      to: address,
      method: fc.constantFrom('put', 'take', 'look', 'spoil', 'ask', 'nothing'),
      n: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('create', 'remove', 'fill'), to: address }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy'), to: address, source: address }) },
);

/** More entries than have terms of their own. */
const many = Array.from({ length: 300 }, (_, index) => `note/${index}`);

function take(branch: Branch, step: Step): void {
  const to = at(step.to);
  switch (step.kind) {
    case 'call': {
      const args = { put: [step.n, branch.length], spoil: [step.n, 1], take: [step.n], ask: [0] };
      signal(branch, to, step.method, step.method in args ? args[step.method as keyof typeof args] : []);
      return;
    }
    case 'create':
      create(branch, to, notes, branch.length % 2 === 0 ? { 'note/1': 1, other: 2 } : null);
      return;
    case 'remove':
      signal(branch, to, 'kernel:remove');
      return;
    case 'fill':
      branch.signal(
        writeSignal(
          to,
          many.map((key) => [textToBytes(key), encodeValue(branch.length)]),
        ),
      );
      break;
    case 'copy':
      signal(branch, to, 'kernel:copy', [step.source]);
      return;
  }
  while (branch.pending > 0) branch.run(100);
}

const path: fc.Arbitrary<StatePath> = fc.oneof(
  fc.record({ kernel: fc.constantFrom('/', ...addresses).map(at), below: fc.boolean() }),
  fc.record({
    kernel: address.map(at),
    key: fc.constantFrom('note', 'note/', 'note/0', 'note/1', 'note/17', 'n').map(textToBytes),
    match: fc.constantFrom('key', 'level', 'prefix'),
  }),
);

const filter: fc.Arbitrary<ReceiptFilter> = fc.record(
  {
    from: fc.constantFrom(null, at('/a'), at('/b')),
    to: address.map(at),
    method: fc.constantFrom('put', 'look', 'nothing', 'kernel:remove'),
    outcome: fc.constantFrom('ok', 'trap', 'rejected'),
    uses: fc.constantFrom('kernel.state_get', 'kernel.state_next', 'kernel.time'),
    wrote: path,
    read: path,
    touched: path,
  },
  { requiredKeys: [] },
);

/** Every entry of every kernel, and the kernels themselves. */
function snapshot(world: WorldView): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const kernel of world.addresses(rootAddress)) {
    entries.set(kernel, '');
    const state = world.kernel(kernel)?.state;
    if (state === undefined) continue;
    for (const { key, value } of entriesIn(state))
      entries.set(`${kernel}\0${bytesToText(key)}`, bytesToHex(value));
  }
  return entries;
}

function isOnPath(path: StatePath, place: string): boolean {
  const [kernel = '', key] = place.split('\0');
  if (!('key' in path)) return path.below ? isWithin(at(kernel), path.kernel) : kernel === path.kernel;
  if (kernel !== path.kernel || key === undefined) return false;
  const wanted = bytesToText(path.key);
  if (path.match === 'prefix') return key.startsWith(wanted);
  return key === wanted || (path.match === 'level' && key.startsWith(`${wanted}/`));
}

interface Deeds {
  readonly wrote: readonly string[];
  readonly read: readonly string[];
  readonly uses: readonly string[];
}

/** What a receipt did, found out without the index: by comparing whole worlds, and by running it again. */
function deedsOf(branch: Branch, { index, message }: Receipt): Deeds {
  if (message.method === 'idle') return { wrote: [], read: [], uses: [] };
  const before = snapshot(branch.world(index));
  const after = snapshot(branch.world(index + 1));
  const places = [...new Set([...before.keys(), ...after.keys()])];
  const wrote = places.filter((place) => before.get(place) !== after.get(place));
  const read: string[] = [];
  const uses: string[] = [];
  const rerun = branch.rerun(index, {
    onImport({ set, name, args, written }) {
      uses.push(`${set}.${name}`);
      const key = name === 'state_next' ? written?.bytes : args[0]?.read?.bytes;
      if (key !== undefined && /get|delete|next/.test(name)) read.push(`${message.to}\0${bytesToText(key)}`);
    },
    onTrap: () => undefined,
  });
  if (!rerun.ok) throw new Error(rerun.error.message);
  return { wrote, read, uses };
}

function naively(branch: Branch, filter: ReceiptFilter, deeds: readonly Deeds[]) {
  const onPath = (path: StatePath | undefined, places: readonly string[]): boolean =>
    path === undefined || places.some((place) => isOnPath(path, place));
  return branch
    .receipts(0, branch.length)
    .filter(({ index, message, outcome }) => {
      const { wrote = [], read = [], uses = [] } = deeds[index] ?? {};
      return (
        (filter.from === undefined || message.from === filter.from) &&
        (filter.to === undefined || message.to === filter.to) &&
        (filter.method === undefined || message.method === filter.method) &&
        (filter.outcome === undefined || outcome.kind === filter.outcome) &&
        (filter.uses === undefined || uses.includes(filter.uses)) &&
        onPath(filter.wrote, wrote) &&
        onPath(filter.read, read) &&
        onPath(filter.touched, [...wrote, ...read])
      );
    })
    .map(({ index }) => index);
}

/** Adds receipts of messages to nobody, so that what follows goes over the end of a span. */
function addIdle(branch: Branch, count: number): void {
  for (let sent = 0; sent < count; sent++)
    branch.signal({ to: at('/none'), method: 'idle', args: encodeValue([]), replyTo: null, gas: null });
  branch.run(count);
}

const question = fc.record({
  filter,
  order: fc.constantFrom<ReceiptQuery['order']>('newest', 'oldest'),
  count: fc.integer({ min: 1, max: 4 }),
  effort: fc.constantFrom(1, Infinity),
});

describe('a question to the past', () => {
  it('finds what a look at every receipt finds, on every branch, newest or oldest first, in pages', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 5, maxLength: 25 }),
        fc.array(fc.tuple(fc.nat(), fc.array(step, { maxLength: 6 })), { maxLength: 3 }),
        fc.array(question, { minLength: 6, maxLength: 12 }),
        (steps, forks, questions) => {
          const storage = createMemoryStorage();
          const main = newBranch({ storage });
          for (const to of ['/a', '/a/x', '/b']) create(main, to, notes);
          addIdle(main, longestSpan - 10);
          const branches = [main];
          for (const next of steps) take(main, next);
          for (const [place, later] of forks) {
            const source = branches[place % branches.length] ?? main;
            const name = `fork-${branches.length}`;
            const forked = source.fork({ name, at: place % (source.length + 1), changes: [] });
            if (!forked.ok) throw new Error(forked.error.message);
            const branch = open(storage, name);
            branches.push(branch);
            for (const next of later) take(branch, next);
          }
          for (const branch of branches) {
            const index = createPastIndex(branch, storage, true);
            const deeds = branch.receipts(0, branch.length).map((receipt) => deedsOf(branch, receipt));
            for (const asked of questions) {
              const expected = naively(branch, asked.filter, deeds);
              const found = answerTo(branch, storage, asked, index);
              expect(found).toEqual(asked.order === 'newest' ? expected.toReversed() : expected);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('finds who wrote a key last, and its values over time, also by whole kernels that come and go', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    create(branch, '/a', null);
    create(branch, '/a/x', notes, { 'note/0': 7 });
    signal(branch, '/a/x', 'put', [0, 8]);
    signal(branch, '/a/x', 'put', [1, 9]);
    signal(branch, '/a/x', 'spoil', [0, 9]);
    signal(branch, '/b', 'kernel:copy', ['/a/x']);
    signal(branch, '/a', 'kernel:remove');
    const wrote = { kernel: at('/a/x'), key: textToBytes('note/0'), match: 'key' } as const;
    expect(answerTo(branch, storage, { filter: { wrote }, order: 'newest' })).toEqual([6, 2, 1]);
    const index = createPastIndex(branch, storage, true);
    const source = { branch, blocks: storage };
    const last = (filter: ReceiptFilter) =>
      finish(findReceipts(index, source, { filter, order: 'newest', from: 5, count: 1, effort: Infinity }));
    expect(last({ wrote })).toMatchObject({ ok: true, value: { receipts: [{ index: 2 }], next: 1 } });
    const values = branch.receipts(0, 7).map((receipt) => valuesAround(source, receipt, wrote));
    expect([values[1]?.before, values[1]?.after?.[0]]).toEqual([undefined, 7]);
    expect([values[6]?.before?.[0], values[6]?.after]).toEqual([8, undefined]);
  });
});

describe('the index of a past', () => {
  const isIndex = (storage: Storage) => [...storage.entries('index/', 'index0')];
  const ask = (storage: Storage, keep = true) => {
    const branch = open(storage, 'main');
    const filter = { to: at('/a') };
    return answerTo(branch, storage, { filter }, createPastIndex(branch, storage, keep));
  };

  function filled(): Storage {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    for (const address of ['/a', '/b']) create(branch, address, notes);
    addIdle(branch, 2 * longestSpan);
    signal(branch, '/a', 'put', [0, 1]);
    return storage;
  }

  const expected = [0, 2 * longestSpan + 2];

  it('is kept for the next time, when it may be', () => {
    const storage = filled();
    expect(ask(storage, false)).toEqual(expected);
    expect(isIndex(storage)).toEqual([]);
    expect(ask(storage)).toEqual(expected);
    const kept = isIndex(storage);
    expect(kept).toHaveLength(2);
    expect(ask(storage)).toEqual(expected);
    expect(isIndex(storage)).toEqual(kept);
  });

  it('is made again when it is damaged, or from another version', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const storage = filled();
        ask(storage);
        const kept = isIndex(storage);
        const [key, bytes] = kept[0] ?? ['', new Uint8Array(1)];
        const damaged = bytes.slice();
        damaged[place % bytes.length] = (damaged[place % bytes.length] ?? 0) ^ change;
        storage.write({
          blocks: [],
          entries: [
            [key, damaged],
            ['index/0/old', bytes],
            ['index/10/new', bytes],
          ],
        });
        expect(ask(storage)).toEqual(expected);
        expect(isIndex(storage)).toEqual(kept);
      }),
      { numRuns: 5 },
    );
  });
});
