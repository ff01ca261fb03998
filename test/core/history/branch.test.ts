import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashToText } from '../../../core/base/hash';
import { type Address, rootAddress } from '../../../core/environment/address';
import { type Branch, openBranch } from '../../../core/history/branch';
import type { ImportCall } from '../../../core/imports/trace';
import { createSignal } from '../../../core/kernel/control-signals';
import type { WorldView } from '../../../core/kernel/world-view';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, install, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder, asker, oracle } from '../../fixtures/contracts';

/** Does something of every kind: creation by hand and by contract, replies, traps, rejections, randomness, removal. */
function liveALittle(branch: Branch): void {
  install(branch, 'adder.wat', adder);
  create(branch, '/ask', asker);
  create(branch, '/oracle', oracle, { note: 'hello' });
  signal(branch, '/ask', 'bear');
  for (let round = 0; round < 5; round++) {
    signal(branch, '/ask', 'pass', [round]);
    signal(branch, '/oracle', 'draw');
    signal(branch, '/ask/sum', 'addAndTrap', [1]);
    signal(branch, '/nobody', 'draw');
  }
  signal(branch, '/ask/sum', 'kernel:remove');
  signal(branch, '/ask', 'pass', [1]);
}

const snapshot = (world: WorldView) =>
  [...world.addresses(rootAddress)].map((address) => {
    const kernel = world.kernel(address);
    return [address, kernel?.codeName, kernel && hashToText(kernel.state.hash(() => undefined))];
  });

/** The branch, committing after each message. */
const oneByOne = (branch: Branch): Branch =>
  Object.create(branch, { run: { value: () => branch.run(1) } }) as Branch;

describe('history', () => {
  it('runs every message again to the same end', () => {
    const branch = newBranch();
    liveALittle(branch);
    for (let index = 0; index < branch.length; index++) {
      const rerun = branch.rerun(index, { onImport: () => undefined, onTrap: () => undefined });
      expect(rerun.ok && rerun.value.receipt).toEqual(branch.receipt(index));
    }
  });

  it('tells of what is durable alone, in the midst of a long run too', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    const told: number[] = [];
    branch.onCommit.on(({ length }) => {
      told.push(length);
      expect(openBranch(partsOn(storage), 'main')?.length).toBe(length);
      expect(branch.receipt(length - 1)?.message.to).toBe(`/${length - 1}`);
      expect(branch.receipt(length)).toBeUndefined();
    });
    const binding = { code: null, codeName: null };
    for (let number = 0; number < 50; number++) {
      const state = { large: new Uint8Array(500_000).fill(number) };
      branch.signal(createSignal(`/${number}` as Address, binding, state));
    }
    branch.run(50);
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(50);
  });

  it('shows an observer each import call of a message', () => {
    const branch = newBranch();
    liveALittle(branch);
    const index = branch.receipts(0, branch.length).findIndex(({ message }) => message.method === 'add');
    const calls: ImportCall[] = [];
    branch.rerun(index, {
      onImport: (call) => void calls.push(call),
      onTrap: () => undefined,
    });
    expect(calls.map(({ set, name }) => `${set}.${name}`)).toEqual(['kernel.state_get', 'kernel.state_set']);
    expect(calls[0]).toMatchObject({ index: 0, result: -1, written: null });
    expect(calls[0]?.stack.map(({ function: index }) => index)).toEqual([2]);
    expect(calls[1]?.args.map(({ name }) => name)).toEqual(['key', 'value']);
  });

  it('gives the world as it was after any receipt', () => {
    const slow = newBranch();
    const seen = [snapshot(slow.world())];
    slow.onCommit.on(() => void seen.push(snapshot(slow.world())));
    liveALittle(oneByOne(slow));
    const branch = newBranch();
    liveALittle(branch);
    for (let length = 0; length <= branch.length; length++) {
      expect(snapshot(branch.world(length))).toEqual(seen[length]);
      expect(snapshot(slow.world(length))).toEqual(seen[length]);
    }
  });

  it('is the same whether delivered at once or one by one', () => {
    const one = newBranch();
    liveALittle(one);
    const other = newBranch();
    liveALittle(oneByOne(other));
    expect(other.receipts(0, 1000)).toEqual(one.receipts(0, 1000));
    expect(other.root()).toEqual(one.root());
  });

  it('goes on after it was opened again at any point, messages on their way included', () => {
    const whole = newBranch();
    liveALittle(whole);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (stop) => {
        const storage = createMemoryStorage();
        const first = newBranch({ storage, limits: { messages: 60 } });
        create(first, '/storm', asker);
        first.signal({
          to: '/storm' as Address,
          method: 'storm',
          args: Uint8Array.of(0x80),
          replyTo: null,
          gas: null,
        });
        first.run(stop);
        const again = openBranch(partsOn(storage), 'main');
        expect(again?.pending).toBe(first.pending);
        again?.run(1000);
        first.run(1000);
        expect(again?.receipts(0, 1000)).toEqual(first.receipts(0, 1000));
        expect(again?.root()).toEqual(first.root());
      }),
      { numRuns: 20 },
    );
  });

  it('says what is missing when a block is gone', () => {
    const branch = newBranch();
    create(branch, '/sum', adder);
    expect(branch.receipt(branch.length)).toBeUndefined();
    expect(branch.rerun(99, null)).toMatchObject({ ok: false, error: { code: 'no-receipt' } });
  });
});
