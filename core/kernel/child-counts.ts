/** How many children kernels have, counted once and then kept up to date: to count anew takes a walk over all of them. */
import { type Address, parentOf } from '../environment/address';
import type { WorldView } from './world-view';

export interface ChildCounts {
  of(parent: Address): number;
  /** Told before a kernel is made at an address where there was none, and none below it. */
  beforeCreation(address: Address): void;
  /** Any number of kernels are gone. */
  forget(): void;
}

export function createChildCounts(view: WorldView): ChildCounts {
  const countByParent = new Map<Address, number>();
  return {
    of(parent) {
      const known = countByParent.get(parent);
      if (known !== undefined) return known;
      const count = view.countChildren(parent);
      if (countByParent.size >= mostKept) countByParent.clear();
      countByParent.set(parent, count);
      return count;
    },
    beforeCreation(address) {
      if (countByParent.size === 0) return;
      // A kernel without any above it brings those along, as bare ones.
      for (let parent = parentOf(address); parent !== null; parent = parentOf(parent)) {
        const known = countByParent.get(parent);
        if (known !== undefined) countByParent.set(parent, known + 1);
        if (view.kernel(parent) !== undefined) return;
      }
    },
    forget: () => countByParent.clear(),
  };
}

const mostKept = 10_000;
