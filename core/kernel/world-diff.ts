/** What two worlds differ in, or one world at two points of its past: found without looking at what they share. */
import type { Address } from '../environment/address';
import { type StateChange, diffTrees } from '../state/diff';
import { type KeyRange, keyAfter } from '../state/range';
import { emptyTree } from '../state/tree';
import type { Kernel } from './kernel';
import { type WorldView, kernelKey, keyToAddress } from './world-view';

/** A kernel whose code, contract or state is another. A side is `undefined` when it doesn't have the kernel. */
export interface KernelChange {
  readonly address: Address;
  readonly before: Kernel | undefined;
  readonly after: Kernel | undefined;
}

/**
 * In order of the addresses, those after `last` when it is given. Lazy: takes time for the changes that are taken. May
 * throw a `MissingBlock`.
 */
export function* diffWorlds(
  before: WorldView,
  after: WorldView,
  last: Address | null = null,
): Generator<KernelChange, void, undefined> {
  const range = last === null ? {} : { from: keyAfter(kernelKey(last)) };
  for (const { key, ...change } of diffTrees(before.tree(), after.tree(), range)) {
    const address = keyToAddress(key);
    yield {
      address,
      before: change.before && before.kernel(address),
      after: change.after && after.kernel(address),
    };
  }
}

/** The entries that a change of a kernel is about, in order of their keys. As lazy. */
export const diffKernels = (
  { before, after }: Pick<KernelChange, 'before' | 'after'>,
  range: KeyRange = {},
): Generator<StateChange, void, undefined> =>
  diffTrees(before?.state ?? emptyTree, after?.state ?? emptyTree, range);
