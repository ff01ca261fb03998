import { createContainers } from '../container/all';
import type { BranchParts } from '../history/branch';
import { allImports } from '../imports/all';

/** The branch that a workspace's world is on. */
export const mainBranch = 'main';

/** What every world of the product is put together from, beside its store. */
export const worldParts: Omit<BranchParts, 'storage'> = {
  containers: createContainers(),
  imports: allImports,
};
