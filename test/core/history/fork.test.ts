import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { hashToText } from '../../../core/base/hash';
import type { Storage } from '../../../core/base/storage';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';
import { type Address, rootAddress } from '../../../core/environment/address';
import type { Message } from '../../../core/environment/message';
import { type Branch, openBranch } from '../../../core/history/branch';
import { deleteBranch, listBranches, renameBranch } from '../../../core/history/branches';
import type { Change, ForkOptions } from '../../../core/history/fork';
import { repeatSignals } from '../../../core/history/repeat';
import { replaceSignal, scheduleSignal } from '../../../core/kernel/control-signals';
import type { Schedule } from '../../../core/kernel/scheduler';
import type { WorldView } from '../../../core/kernel/world-view';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, install, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder, asker, gossip, oracle } from '../../fixtures/contracts';

const at = (text: string) => text as Address;

function open(storage: Storage, name = 'main'): Branch {
  const branch = openBranch(partsOn(storage), name);
  if (branch === undefined) throw new Error(`there is a branch ${name}`);
  return branch;
}

/** The fork of a branch, opened. */
function fork(
  branch: Branch,
  storage: Storage,
  options: Partial<ForkOptions> & { readonly at: number },
): Branch {
  const { name = `at-${options.at}`, changes = [] } = options;
  const forked = branch.fork({ name, at: options.at, changes });
  if (!forked.ok) throw new Error(forked.error.message);
  return open(storage, name);
}

function runToEnd(branch: Branch): void {
  while (branch.run(1000) > 0);
}

function expectToRunAgain(branch: Branch): void {
  for (let index = 0; index < branch.length; index++) {
    const rerun = branch.rerun(index, null);
    expect(rerun.ok ? rerun.value.receipt : rerun.error).toEqual(branch.receipt(index));
  }
}

const snapshot = (world: WorldView) =>
  [...world.addresses(rootAddress)].map((address) => {
    const kernel = world.kernel(address);
    return [address, kernel?.codeName, kernel && hashToText(kernel.state.hash(() => undefined))];
  });

const all = (branch: Branch) => branch.receipts(0, branch.length);

const valueAt = (branch: Branch, address: string, key: string) =>
  branch.world().kernel(at(address))?.state.get(textToBytes(key));

/** `/sum` adds up what it is told: 1, then 10, then 100. */
function newAdder(storage: Storage): Branch {
  const branch = newBranch({ storage });
  create(branch, '/sum', adder);
  for (const value of [1, 10, 100]) signal(branch, '/sum', 'add', [value]);
  return branch;
}

const sumOf = (branch: Branch) => valueAt(branch, '/sum', 'sum')?.[0];

/** Three kernels that gossip, with signals that are accepted all at once. */
function newGossip(storage: Storage, schedule: Schedule = 'fifo'): Branch {
  const branch = newBranch({ storage, schedule });
  for (const address of ['/a', '/b', '/c']) create(branch, address, gossip);
  for (const address of ['/a', '/b', '/c']) {
    branch.signal({ to: at(address), method: 'tell', args: encodeValue([2]), replyTo: null, gas: null });
  }
  return branch;
}

describe('a fork', () => {
  // All signals had been accepted when the first one was delivered, which receipt 3 is of.
  it('shares what was before it, and goes on as the branch did when nothing is changed', () => {
    const whole = newGossip(createMemoryStorage());
    runToEnd(whole);
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: whole.length }),
        fc.integer({ min: 1, max: 9 }),
        (place, batch) => {
          const storage = createMemoryStorage();
          const main = newGossip(storage);
          while (main.run(batch) > 0);
          const forked = fork(main, storage, { at: place });
          expect(forked.length).toBe(place);
          expect(snapshot(forked.world())).toEqual(snapshot(main.world(place)));
          runToEnd(forked);
          expect(all(forked)).toEqual(all(whole));
          expect(forked.root()).toEqual(whole.root());
          expect(snapshot(forked.world(place))).toEqual(snapshot(main.world(place)));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('goes on where it was when it is opened again at any point, its branch running on meanwhile', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Schedule>('fifo', { seed: 3 }),
        (place, pauses, schedule) => {
          const changes: Change[] = [
            { kind: 'state', kernel: at('/a'), key: textToBytes('heard'), value: textToBytes('>') },
            { kind: 'message', method: 'tell', args: encodeValue([1]) },
          ];
          const storage = createMemoryStorage();
          const main = newGossip(storage, schedule);
          main.run(place + 1);
          const whole = fork(main, storage, { name: 'whole', at: place, changes });
          runToEnd(whole);
          let parts = fork(main, storage, { name: 'parts', at: place, changes });
          for (const pause of pauses) {
            parts.run(pause);
            main.run(1);
            parts = open(storage, 'parts');
          }
          runToEnd(parts);
          expect(all(parts)).toEqual(all(whole));
          expect(parts.root()).toEqual(whole.root());
          expectToRunAgain(parts);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('delivers another signal in place of one', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    const changes: Change[] = [{ kind: 'message', method: 'add', args: encodeValue([20]) }];
    const forked = fork(main, storage, { at: 2, changes });
    runToEnd(forked);
    expect(forked.length).toBe(3);
    expect(sumOf(forked)).toBe(21);
    expect(sumOf(main)).toBe(111);
    expectToRunAgain(forked);
  });

  it('puts another call in the place of a message that a kernel had sent', () => {
    const storage = createMemoryStorage();
    const main = newBranch({ storage });
    install(main, 'adder.wat', adder);
    create(main, '/ask', asker);
    signal(main, '/ask', 'bear');
    signal(main, '/ask', 'pass', [7]);
    const sent = all(main).findIndex(({ message }) => message.method === 'add');
    const changes: Change[] = [{ kind: 'message', method: 'add', args: encodeValue([9]) }];
    const forked = fork(main, storage, { at: sent, changes });
    runToEnd(forked);
    expect(valueAt(main, '/ask', 'told')?.[0]).toBe(7);
    expect(valueAt(forked, '/ask', 'told')?.[0]).toBe(9);
    expect(forked.receipt(sent)?.message.method).toBe(replaceSignal(0, '', new Uint8Array()).method);
    expectToRunAgain(forked);
  });

  it('goes on with another entry of a state, or with other code', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    const key = textToBytes('sum');
    const value = new Uint8Array(8).fill(50, 0, 1);
    const again: Change = { kind: 'message', method: 'add', args: encodeValue([10]) };
    const written = fork(main, storage, {
      name: 'written',
      at: 2,
      changes: [again, { kind: 'state', kernel: at('/sum'), key, value }],
    });
    runToEnd(written);
    expect(written.receipts(2, 9).map(({ message }) => message.method)).toEqual(['kernel:write', 'add']);
    expect(sumOf(written)).toBe(60);
    const code = main.addCode(oracle);
    const bound = fork(main, storage, {
      name: 'bound',
      at: 2,
      changes: [{ kind: 'code', kernel: at('/sum'), code, codeName: 'oracle.wat' }, again],
    });
    runToEnd(bound);
    expect(bound.receipt(3)?.outcome).toMatchObject({ kind: 'rejected' });
    expect(bound.world().kernel(at('/sum'))?.codeName).toBe('oracle.wat');
    expectToRunAgain(written);
    expectToRunAgain(bound);
  });

  it('gives its own answers from there on, and the old ones before', () => {
    const storage = createMemoryStorage();
    const time = (value: number) => ({ kernel: at('/oracle'), import: 'kernel.time', value });
    const main = newBranch({ storage, answers: [time(3)] });
    create(main, '/oracle', oracle);
    for (let round = 0; round < 2; round++) signal(main, '/oracle', 'draw');
    const changes: Change[] = [
      { kind: 'answer', answer: time(5) },
      { kind: 'message', method: 'draw', args: encodeValue([]) },
    ];
    const forked = fork(main, storage, { at: 2, changes });
    runToEnd(forked);
    const replies = all(forked).map(({ outcome }) =>
      outcome.kind === 'ok' && outcome.reply !== null ? decodeValue(outcome.reply) : null,
    );
    const answer = (value: Value) => ({ ok: true, value });
    expect(replies).toEqual([null, answer(3), answer(5)]);
    expectToRunAgain(forked);
    expectToRunAgain(main);
  });

  it('may be of a fork, before its first receipt too, and outlives the branch it is from', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    const add = (value: number): Change => ({ kind: 'message', method: 'add', args: encodeValue([value]) });
    const first = fork(main, storage, { name: 'first', at: 2, changes: [add(20)] });
    runToEnd(first);
    signal(first, '/sum', 'add', [5]);
    const changedAgain = fork(first, storage, { name: 'again', at: 2, changes: [add(30)] });
    const second = fork(first, storage, { name: 'second', at: 3, changes: [add(6)] });
    expect(deleteBranch(storage, 'first')).toEqual({ ok: true });
    runToEnd(changedAgain);
    runToEnd(second);
    expect([sumOf(changedAgain), sumOf(second)]).toEqual([31, 27]);
    expectToRunAgain(open(storage, 'second'));
    expect(listBranches(storage)).toEqual([
      { name: 'again', length: 3, fork: { at: 2, from: ['main'] } },
      { name: 'main', length: 4, fork: null },
      { name: 'second', length: 4, fork: { at: 3, from: [] } },
    ]);
  });

  it('may be of the beginning, where there is nothing yet', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    const forked = fork(main, storage, { at: 0 });
    expect([forked.length, forked.pending]).toEqual([0, 0]);
    create(forked, '/other', oracle);
    expect(snapshot(open(storage, 'at-0').world()).map(([address]) => address)).toEqual(['/other']);
    expectToRunAgain(forked);
  });

  it('goes first in, first out where deliveries of a list were still to come, and repeats no list', () => {
    const storage = createMemoryStorage();
    const main = newGossip(storage, 'manual');
    while (main.run(1000) > 0);
    const start = main.length;
    main.signal(scheduleSignal({ deliveries: [{ to: at('/b') }, { to: at('/c') }, { to: at('/b') }] }));
    runToEnd(main);
    const receivers = (branch: Branch) => all(branch).map(({ message }) => message.to);
    expect(receivers(main).slice(start, start + 4)).toEqual(['/', '/b', '/c', '/b']);

    const inside = fork(main, storage, { at: start + 2 });
    runToEnd(inside);
    expect(receivers(inside).slice(start, start + 5)).toEqual(['/', '/b', '/', '/a', '/c']);
    expect(inside.schedule).toBe('fifo');

    const before = main.fork({ name: 'before', at: start, changes: [] });
    if (!before.ok) throw new Error(before.error.message);
    const repeated = open(storage, 'before');
    for (const _ of repeatSignals(repeated, main, before.value));
    expect(receivers(repeated).slice(start, start + 4)).toEqual(['/', '/a', '/b', '/c']);
    for (const branch of [main, inside, repeated]) expectToRunAgain(branch);

    const after = fork(main, storage, { at: start + 4 });
    expect(after.schedule).toEqual(main.schedule);
    runToEnd(after);
    expect(all(after)).toEqual(all(main));
  });

  it('says what it can not be made of', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    const call: Change = { kind: 'message', method: 'add', args: encodeValue([1]) };
    const write: Change = { kind: 'state', kernel: at('/none'), key: textToBytes('k'), value: undefined };
    const tries: readonly [ForkOptions, string][] = [
      [{ name: 'a/b', at: 1, changes: [] }, 'bad-name'],
      [{ name: 'main', at: 1, changes: [] }, 'branch-exists'],
      [{ name: 'x', at: 5, changes: [] }, 'no-receipt'],
      [{ name: 'x', at: 4, changes: [call] }, 'no-receipt'],
      [{ name: 'x', at: 2, changes: [write] }, 'no-kernel'],
      [{ name: 'x', at: 2, changes: [{ ...write, kernel: at('/sum'), key: new Uint8Array() }] }, 'bad-key'],
    ];
    for (const [options, code] of tries)
      expect(main.fork(options)).toMatchObject({ ok: false, error: { code } });
    expect(listBranches(storage)).toHaveLength(1);
  });
});

describe('a branch', () => {
  it('is renamed while it is open, and when nobody has it open', () => {
    const storage = createMemoryStorage();
    const main = newAdder(storage);
    expect(main.rename('old')).toEqual({ ok: true });
    signal(main, '/sum', 'add', [2]);
    expect(renameBranch(storage, 'old', 'older')).toEqual({ ok: true });
    expect(renameBranch(storage, 'old', 'any')).toMatchObject({ error: { code: 'no-branch' } });
    const fresh = newBranch({ storage });
    create(fresh, '/sum', oracle);
    expect(open(storage, 'older').length).toBe(5);
    expectToRunAgain(open(storage, 'older'));
    expect(listBranches(storage).map(({ name }) => name)).toEqual(['main', 'older']);
  });

  it('that was stored before there were forks is read, goes on and can be forked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'old-'));
    cpSync(join(import.meta.dirname, '../../fixtures/world-v1'), folder, { recursive: true });
    const storage = openLmdbStorage(folder);
    if (!storage.ok) throw new Error(storage.error.message);
    const main = open(storage.value);
    expect(main.length).toBe(20);
    expectToRunAgain(main);
    const forked = fork(main, storage.value, { at: 10 });
    signal(main, '/ask', 'pass', [5]);
    signal(forked, '/ask', 'pass', [5]);
    const again = open(storage.value);
    expect(again.length).toBe(23);
    expectToRunAgain(again);
    expectToRunAgain(forked);
    storage.value.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a fork with a run that was changed in its midst', () => {
  /** The addition of what was stored and what was given, in the adder's `add`. */
  const atAddition = 10;
  const edits = [
    { count: atAddition, edit: { kind: 'operand', frame: 0, index: 2, bits: 50n } },
    { count: atAddition + 1, edit: { kind: 'memory', address: 32, bytes: Uint8Array.of(9) } },
  ] as const;
  const editsOf = (branch: Branch, index: number): Change => {
    const receipt = branch.receipt(index);
    if (receipt === undefined) throw new Error(`there is no receipt ${index}`);
    return { kind: 'edits', message: receipt.message, edits };
  };

  it('goes on as the change has it, and runs again to the same', () => {
    const storage = createMemoryStorage();
    const branch = newAdder(storage);
    const forked = fork(branch, storage, { at: 2, changes: [editsOf(branch, 2)] });
    runToEnd(forked);
    expect(sumOf(forked)).toBe(51);
    signal(forked, '/sum', 'add', [2]);
    expect(sumOf(forked)).toBe(53);
    expectToRunAgain(forked);
    const root = forked.root();
    const reopened = open(storage, forked.name);
    expect(reopened.root()).toStrictEqual(root);
    expectToRunAgain(reopened);
    expect(sumOf(branch)).toBe(111);
    expectToRunAgain(branch);
  });

  it('repeats the later signals, without the one whose run was changed', () => {
    const storage = createMemoryStorage();
    const branch = newAdder(storage);
    const later = branch.fork({ name: 'edited', at: 2, changes: [editsOf(branch, 2)] });
    if (!later.ok) throw new Error(later.error.message);
    const forked = open(storage, 'edited');
    for (const _ of repeatSignals(forked, branch, later.value));
    expect(sumOf(forked)).toBe(151);
    expect(forked.length).toBe(branch.length);
    expectToRunAgain(forked);
  });

  it('is shared by forks of it, which may change the same run otherwise', () => {
    const storage = createMemoryStorage();
    const branch = newAdder(storage);
    const forked = fork(branch, storage, { at: 2, changes: [editsOf(branch, 2)] });
    const same = fork(forked, storage, { name: 'same', at: 2 });
    runToEnd(forked);
    runToEnd(same);
    expect(sumOf(same)).toBe(51);
    const later = fork(forked, storage, { name: 'later', at: 3 });
    signal(later, '/sum', 'add', [1]);
    expect(sumOf(later)).toBe(52);
    expectToRunAgain(later);
    const again = fork(forked, storage, {
      name: 'again',
      at: 2,
      changes: [
        {
          kind: 'edits',
          message: all(forked)[2]?.message ?? unknownMessage,
          edits: [{ count: atAddition, edit: { kind: 'operand', frame: 0, index: 2, bits: 7n } }],
        },
      ],
    });
    runToEnd(again);
    expect(sumOf(again)).toBe(8);
    expectToRunAgain(again);
  });

  it('is of a message that a kernel sent, too', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    create(branch, '/asker', asker);
    create(branch, '/asker/sum', adder);
    signal(branch, '/asker', 'pass', [5]);
    const index = all(branch).findIndex(({ message }) => message.method === 'add');
    const forked = fork(branch, storage, { at: index, changes: [editsOf(branch, index)] });
    runToEnd(forked);
    expect(all(forked).map(({ message }) => message.method)).toStrictEqual(
      all(branch).map(({ message }) => message.method),
    );
    expect(valueAt(forked, '/asker/sum', 'sum')?.[0]).toBe(50);
    expect(valueAt(forked, '/asker', 'told')?.[0]).toBe(50);
    expectToRunAgain(forked);
  });

  it('keeps edits of every kind, and answers that go before others', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    create(branch, '/oracle', oracle);
    signal(branch, '/oracle', 'draw');
    const [, receipt] = all(branch);
    const forked = fork(branch, storage, {
      at: 1,
      changes: [
        {
          kind: 'edits',
          message: receipt?.message ?? unknownMessage,
          edits: [
            { count: 1, edit: { kind: 'answer', import: 'kernel.random', value: Uint8Array.of(1, 2, 3) } },
            { count: 3, edit: { kind: 'answer', import: 'kernel.time', call: 0, value: 77 } },
            { count: 3, edit: { kind: 'answer', import: 'kernel.state_get', call: 1, fail: 'no disk' } },
            { count: 3, edit: { kind: 'memory', address: 15, bytes: Uint8Array.of(255) } },
            { count: 3, edit: { kind: 'global', index: 9, bits: 2n ** 64n - 1n } },
          ],
        },
      ],
    });
    runToEnd(forked);
    expect(valueAt(forked, '/oracle', 'r')).toStrictEqual(Uint8Array.of(1, 2, 3, 0, 0, 0, 0, 255));
    expect(all(forked)[1]?.outcome).toStrictEqual({ kind: 'ok', reply: encodeValue(77) });
    expectToRunAgain(open(storage, forked.name));
  });

  it.each([1, 2, 3, 4])('draws the same at random, in whichever order signals are delivered: %i', (seed) => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage, schedule: { seed } });
    const addresses = ['/a', '/b', '/c'];
    for (const address of addresses) create(branch, address, oracle);
    for (const to of addresses) {
      branch.signal({ to: at(to), method: 'draw', args: encodeValue([]), replyTo: null, gas: null });
    }
    runToEnd(branch);
    const drawn = all(branch).slice(addresses.length);
    expect(drawn).toHaveLength(3);
    for (const { index, message } of drawn) {
      const edit = { kind: 'memory', address: 99, bytes: Uint8Array.of(1) } as const;
      const changes = [{ kind: 'edits', message, edits: [{ count: 0, edit }] }] as const;
      const forked = fork(branch, storage, { at: index, changes });
      runToEnd(forked);
      expect(valueAt(forked, message.to, 'r')).toStrictEqual(valueAt(branch, message.to, 'r'));
      expectToRunAgain(forked);
    }
  });

  it('is refused for a message of a kernel that is not on its way there', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    create(branch, '/asker', asker);
    create(branch, '/asker/sum', adder);
    signal(branch, '/asker', 'pass', [5]);
    const index = all(branch).findIndex(({ message }) => message.method === 'add');
    expect(branch.fork({ name: 'late', at: index + 1, changes: [editsOf(branch, index)] })).toMatchObject({
      ok: false,
      error: { code: 'no-receipt' },
    });
  });
});

const unknownMessage: Message = {
  id: 99,
  from: rootAddress,
  to: rootAddress,
  method: '',
  args: Uint8Array.of(0x80),
  replyTo: null,
  gas: null,
};
