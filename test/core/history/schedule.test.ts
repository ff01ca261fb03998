import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashToText } from '../../../core/base/hash';
import type { Storage } from '../../../core/base/storage';
import { type Value, decodeValue, encodeValue } from '../../../core/base/value';
import { type Address, rootAddress } from '../../../core/environment/address';
import { outcomeToText } from '../../../core/environment/outcome';
import { type Branch, openBranch } from '../../../core/history/branch';
import { interveneSignal, replaceSignal, scheduleSignal } from '../../../core/kernel/control-signals';
import { oldestOfPairs } from '../../../core/kernel/mailboxes';
import type { Receipt } from '../../../core/kernel/receipt';
import type { Schedule, Turn } from '../../../core/kernel/scheduler';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, newBranch, partsOn } from '../../fixtures/branch';
import { gossip } from '../../fixtures/contracts';

const at = (text: string) => text as Address;

/** Messages that make the three kernels. */
const setUp = 3;

function newGossip(schedule: Schedule, storage: Storage = createMemoryStorage()): Branch {
  const branch = newBranch({ schedule, storage });
  for (const address of ['/a', '/b', '/c']) create(branch, address, gossip);
  return branch;
}

function tell(branch: Branch, to: string, n: number): void {
  branch.signal({ to: at(to), method: 'tell', args: encodeValue([n]), replyTo: null, gas: null });
}

function reopen(storage: Storage): Branch {
  const branch = openBranch(partsOn(storage), 'main');
  if (branch === undefined) throw new Error('the branch is there');
  return branch;
}

function heardBy(branch: Branch, address: string): string {
  const bytes = branch.world().kernel(at(address))?.state.get(new TextEncoder().encode('heard'));
  return new TextDecoder().decode(bytes);
}

const waitingIn = (branch: Branch) =>
  branch.waiting().map(({ message: { id, from, to } }) => `${id} ${from} ${to}`);

const listOf = (bytes: Uint8Array): readonly Value[] => {
  const value = decodeValue(bytes);
  return value.ok && Array.isArray(value.value) ? value.value : [];
};

/** What a receipt says of the order: written down, it is the list that gives the same run again. */
function turnOf({ message: { to, from, method, args } }: Receipt, messages: readonly Receipt[]): Turn {
  const intervention = method === 'world:drop' ? 'drop' : method === 'world:duplicate' ? 'duplicate' : null;
  if (intervention === null) return { to, from };
  const [id] = listOf(args);
  const named = messages.flatMap(({ sends }) => sends).find((sent) => sent.id === id);
  if (named === undefined) throw new Error('only what a message sent is meddled with here');
  return { to: named.to, from: named.from, intervention };
}

const rootOf = (branch: Branch) => hashToText(branch.root());

describe('a manual schedule', () => {
  it('delivers what is asked for, and keeps the messages of a pair in order', () => {
    const branch = newGossip('manual');
    tell(branch, '/a', 1);
    tell(branch, '/a', 0);
    expect(branch.run(100)).toBe(2);
    expect(branch.pending).toBe(2);
    const [first, second] = branch.waiting().map(({ message }) => message.id);
    if (first === undefined || second === undefined) throw new Error('two are waiting');
    expect(branch.deliver(second)).toMatchObject({ ok: false, error: { code: 'out-of-order' } });
    expect(branch.deliver(999)).toMatchObject({ ok: false, error: { code: 'not-waiting' } });
    expect(branch.deliver(first)).toMatchObject({ ok: true, value: { message: { from: null, to: '/a' } } });
    expect(branch.waiting().map(({ message }) => message.to)).toEqual(['/a', '/a', '/b', '/c']);
    expect(oldestOfPairs(branch.waiting()).size).toBe(4);
    expect(branch.run(100)).toBe(0);
  });

  it('goes on where it was when the world is opened again, signals that wait included', () => {
    const storage = createMemoryStorage();
    const branch = newGossip('manual', storage);
    tell(branch, '/a', 2);
    tell(branch, '/b', 0);
    branch.run(100);
    branch.deliver(branch.waiting()[0]?.message.id ?? -1);
    const again = reopen(storage);
    expect(again.schedule).toBe('manual');
    expect(waitingIn(again)).toEqual(waitingIn(branch));
    for (const one of [branch, again])
      while (one.pending > 0) one.deliver(one.waiting().at(-1)?.message.id ?? -1);
    expect(rootOf(again)).toBe(rootOf(branch));
  });

  it('is chosen and left by a message, and the choice outlives the process', () => {
    const storage = createMemoryStorage();
    const branch = newGossip('fifo', storage);
    branch.signal(scheduleSignal('manual'));
    tell(branch, '/a', 1);
    branch.run(100);
    const again = reopen(storage);
    expect(again.schedule).toBe('manual');
    tell(again, '/b', 0);
    expect(again.run(100)).toBe(1);
    again.signal(scheduleSignal('fifo'));
    again.run(100);
    expect(again.pending).toBe(0);
    expect([heardBy(again, '/a'), heardBy(again, '/b')]).toEqual(['!a', '!a']);
    expect(
      again
        .receipts(0, 100)
        .map(({ message }) => message.method)
        .slice(setUp),
    ).toEqual([
      'world:schedule',
      'world:signal',
      'world:signal',
      'world:schedule',
      ...Array.from({ length: 5 }, () => 'tell'),
    ]);
    expect(reopen(storage).schedule).toBe('fifo');
  });
});

describe('a waiting message', () => {
  function waiting(schedule: Schedule = 'fifo') {
    const storage = createMemoryStorage();
    const branch = newGossip(schedule, storage);
    tell(branch, '/a', 1);
    branch.run(1);
    const [toA = -1, toB = -1, toC = -1] = branch.waiting().map(({ message }) => message.id);
    return { storage, branch, toA, toB, toC };
  }

  it('is dropped', () => {
    const { branch, toB } = waiting();
    branch.signal(interveneSignal({ intervention: 'drop', id: toB }));
    branch.run(100);
    expect([heardBy(branch, '/a'), heardBy(branch, '/b'), heardBy(branch, '/c')]).toEqual(['!a', '', 'a']);
  });

  it('is duplicated, from its own sender', () => {
    const { branch, toB } = waiting({ seed: 3 });
    branch.signal(interveneSignal({ intervention: 'duplicate', id: toB }));
    branch.run(100);
    expect(heardBy(branch, '/b')).toBe('aa');
  });

  it('is replaced in its place', () => {
    const { branch, toA } = waiting();
    branch.signal(replaceSignal(toA, 'tell', encodeValue([1])));
    branch.run(1);
    expect(branch.waiting().map(({ message }) => message.to)).toEqual(['/a', '/b', '/c']);
    branch.run(100);
    expect([heardBy(branch, '/a'), heardBy(branch, '/b')]).toEqual(['!aa', 'aa']);
  });

  it('is meddled with in the past, too, when the world is opened again and its messages run again', () => {
    const kinds = fc.constantFrom('drop' as const, 'duplicate' as const, 'replace' as const);
    fc.assert(
      fc.property(
        kinds,
        fc.nat(2),
        fc.constantFrom<Schedule>('fifo', 'manual', { seed: 5 }),
        (kind, which, schedule) => {
          const storage = createMemoryStorage();
          const branch = newGossip(schedule, storage);
          tell(branch, '/a', 2);
          branch.run(1);
          if (schedule === 'manual') branch.deliver(branch.waiting()[0]?.message.id ?? -1);
          const id = branch.waiting()[which]?.message.id ?? -1;
          branch.signal(
            kind === 'replace'
              ? replaceSignal(id, 'tell', encodeValue([0]))
              : interveneSignal({ intervention: kind, id }),
          );
          branch.run(1);
          const again = reopen(storage);
          expect(waitingIn(again)).toEqual(waitingIn(branch));
          for (const one of [branch, again]) {
            one.signal(scheduleSignal('fifo'));
            one.run(1000);
            expect(one.pending).toBe(0);
          }
          expect(rootOf(again)).toBe(rootOf(branch));
          const last = reopen(storage);
          for (let index = 0; index < last.length; index++) {
            const rerun = last.rerun(index, null);
            expect(rerun.ok && rerun.value.receipt).toEqual(branch.receipt(index));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [null, '/', [999], 'no message 999 is waiting'],
    [null, '/a', [3], 'world:drop goes to /, not to /a'],
    [null, '/', [], 'world:drop names a message by its id'],
  ])('is left alone when it is named wrongly (%s %s %j)', (_from, to, args, words) => {
    const { branch } = waiting();
    const index = branch.length;
    branch.signal({ to: at(to), method: 'world:drop', args: encodeValue(args), replyTo: null, gas: null });
    branch.run(1);
    const outcome = branch.receipt(index)?.outcome;
    expect(outcome && outcomeToText(outcome)).toBe(`rejected: ${words}`);
    expect(branch.pending).toBe(3);
  });
});

describe('the order of a run, read off its receipts', () => {
  it('gives the same roots when it is replayed, whatever was done by hand', () => {
    const choices = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 0, max: 9 })), { maxLength: 40 });
    fc.assert(
      fc.property(choices, fc.nat(2), (picked, n) => {
        const storage = createMemoryStorage();
        const recorded = newGossip('fifo', storage);
        tell(recorded, '/a', n);
        recorded.run(1);
        for (const [number, kind] of picked) {
          const candidates = [...oldestOfPairs(recorded.waiting())];
          const chosen = candidates[number % Math.max(1, candidates.length)]?.message.id;
          if (chosen === undefined) break;
          if (kind > 1) recorded.deliver(chosen);
          else
            recorded.signal(interveneSignal({ intervention: kind === 0 ? 'drop' : 'duplicate', id: chosen }));
          if (kind <= 1) recorded.run(1);
        }
        recorded.run(10_000);
        const receipts = recorded.receipts(setUp, recorded.length);
        const deliveries = receipts.map((receipt) => turnOf(receipt, receipts));

        const replayed = newGossip({ start: setUp, deliveries });
        tell(replayed, '/a', n);
        replayed.run(10_000);
        expect(replayed.receipts(setUp, replayed.length)).toEqual(receipts);
        expect(rootOf(replayed)).toBe(rootOf(recorded));
        expect([...replayed.world().addresses(rootAddress)]).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  });
});
