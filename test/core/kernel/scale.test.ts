import { describe, expect, it } from 'vitest';
import { type Address, maxAddressLength, rootAddress } from '../../../core/environment/address';
import { openBranch } from '../../../core/history/branch';
import { createSignal } from '../../../core/kernel/control-signals';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { create, newBranch, partsOn, signal } from '../../fixtures/branch';
import { adder } from '../../fixtures/contracts';

const at = (text: string) => text as Address;
const bare = { code: null, codeName: null };

describe('a tree of a thousand levels', () => {
  const levels = 1000;
  const addressAt = (level: number) => at('/n'.repeat(level));

  it('is made, found, listed and removed, and its deepest kernel runs', () => {
    const storage = createMemoryStorage();
    const branch = newBranch({ storage });
    for (let level = 1; level < levels; level++) branch.signal(createSignal(addressAt(level), bare, null));
    branch.run(Infinity);
    const deepest = addressAt(levels);
    create(branch, deepest, adder);
    const [receipt] = signal(branch, deepest, 'add', [5]);
    expect(receipt?.outcome.kind).toBe('ok');

    const world = openBranch(partsOn(storage), 'main')?.world();
    expect(world?.kernel(deepest)?.code).not.toBeNull();
    expect(world?.children(addressAt(levels - 1), null, 10).map(({ address }) => address)).toEqual([deepest]);
    expect([...(world?.addresses(rootAddress) ?? [])]).toHaveLength(levels);
    expect(signal(branch, addressAt(levels + 1), 'add', [1])[0]?.outcome).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining(`${deepest} is there`),
    });

    signal(branch, '/n', 'kernel:remove');
    expect([...branch.world().addresses(rootAddress)]).toEqual([]);
  });

  it('may be as deep as an address is long', () => {
    const branch = newBranch();
    const longest = '/n'.repeat(maxAddressLength / 2);
    create(branch, longest, adder);
    expect(signal(branch, longest, 'add', [1])[0]?.outcome.kind).toBe('ok');
    expect(branch.world().kernel(at(longest.slice(0, -2)))).toMatchObject({ code: null });
  });
});

describe('a kernel with a hundred thousand children', () => {
  const count = 100_000;
  const nameOf = (number: number) => `k${String(number).padStart(5, '0')}`;

  it('lists and counts them, from wherever, and keeps the count', () => {
    const branch = newBranch();
    for (let number = 0; number < count; number++) {
      branch.signal(createSignal(at(`/wide/${nameOf(number)}`), bare, null));
    }
    branch.run(Infinity);
    const world = branch.world();
    const names = (after: string | null, most: number) =>
      world.children(at('/wide'), after, most).map(({ address }) => address.slice('/wide/'.length));
    expect(world.countChildren(at('/wide'))).toBe(count);
    expect(names(null, 2)).toEqual([nameOf(0), nameOf(1)]);
    expect(names(nameOf(count - 3), 100)).toEqual([nameOf(count - 2), nameOf(count - 1)]);

    create(branch, '/wide/more/below', null);
    create(branch, '/wide/more', null);
    create(branch, '/wider', null);
    expect(world.countChildren(at('/wide'))).toBe(count + 1);
    expect(world.countChildren(rootAddress)).toBe(2);
    signal(branch, `/wide/${nameOf(7)}`, 'kernel:remove');
    expect(world.countChildren(at('/wide'))).toBe(count);
    expect(names(nameOf(6), 1)).toEqual([nameOf(8)]);
    expect(names('l', 9)).toEqual(['more']);
  });
});
