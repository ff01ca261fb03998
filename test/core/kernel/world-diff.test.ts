import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText } from '../../../core/base/bytes';
import { take } from '../../../core/base/take';
import type { Address } from '../../../core/environment/address';
import { type KernelChange, diffKernels, diffWorlds } from '../../../core/kernel/world-diff';
import type { WorldView } from '../../../core/kernel/world-view';
import { create, newBranch, signal } from '../../fixtures/branch';

const addresses = ['/', '/a', '/a/b', '/a/c', '/a-b', '/b'] as const;

/** A world that grows and shrinks at random: what each step leads to is compared with maps. */
function grow(steps: readonly (readonly [address: string, value: number])[]) {
  const branch = newBranch();
  for (const [address, value] of steps) {
    if (value === 0) signal(branch, address, 'kernel:remove');
    else create(branch, address, null, { value, [`only-${value}`]: true });
  }
  return branch;
}

const kernelsOf = (world: WorldView): Map<string, string> =>
  new Map(
    [...world.addresses('/' as Address)].map((address) => {
      const value = world.kernel(address)?.state.hash(() => undefined);
      return [address, String(value)];
    }),
  );

describe('the difference of two worlds', () => {
  it('is that of their kernels', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...addresses), fc.nat(3)), { maxLength: 12 });
    fc.assert(
      fc.property(steps, fc.nat(12), fc.nat(12), (made, from, to) => {
        const branch = grow(made);
        const [before, after] = [branch.world(from), branch.world(to)];
        const [old, young] = [kernelsOf(before), kernelsOf(after)];
        const expected = new Set([...old.keys(), ...young.keys()]);
        for (const address of expected) if (old.get(address) === young.get(address)) expected.delete(address);
        const changes = [...diffWorlds(before, after)];
        expect(new Set(changes.map(({ address }) => address))).toEqual(expected);
        for (const change of changes) {
          expect(change.before !== undefined).toBe(old.has(change.address));
          expect(change.after !== undefined).toBe(young.has(change.address));
        }
        const paged = [];
        for (let last: Address | null = null; ;) {
          const page: KernelChange[] = take(diffWorlds(before, after, last), 2);
          paged.push(...page.map(({ address }) => address));
          last = page.at(-1)?.address ?? null;
          if (last === null) break;
        }
        expect(paged).toEqual(changes.map(({ address }) => address));
      }),
      { numRuns: 60 },
    );
  });

  it('goes down to the entries', () => {
    const branch = grow([
      ['/a', 1],
      ['/a', 0],
      ['/a', 2],
    ]);
    const [change] = diffWorlds(branch.world(1), branch.world());
    const keys = change && Array.from(diffKernels(change), ({ key }) => bytesToText(key));
    expect(keys).toEqual(['only-1', 'only-2', 'value']);
  });
});
