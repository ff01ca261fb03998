/** The world as it was: from the root that the nearest earlier commit names, and the receipts that came after it. */
import type { BlockReader } from '../base/storage';
import { isControlMethod } from '../environment/control';
import { control } from '../kernel/control';
import { type Kernel, kernelToBytes } from '../kernel/kernel';
import type { Receipt } from '../kernel/receipt';
import { createWorldView, kernelKey } from '../kernel/world-view';
import { type StateTree, emptyTree, openTree } from '../state/tree';
import type { Commits } from './commits';
import { DamagedBlock } from './format';

/** The world's tree after the first `length` receipts. */
export function worldTreeAt(commits: Commits, length: number, blocks: BlockReader): StateTree {
  if (length === 0) return emptyTree;
  const { first, receipts, world } = commits.containing(length - 1);
  if (length === first + receipts.length) return openTree(blocks, world);
  let tree = worldTreeAt(commits, first, blocks);
  for (let index = first; index < length; index++) tree = withReceipt(tree, commits.receipt(index), blocks);
  return tree;
}

function withReceipt(tree: StateTree, receipt: Receipt, blocks: BlockReader): StateTree {
  const { message, outcome, after } = receipt;
  if (outcome.kind !== 'ok') return tree;
  const world = createWorldView(() => tree, blocks);
  if (isControlMethod(message.method)) {
    const change = control(message, world);
    if (!change.ok) throw new DamagedBlock(`receipt ${receipt.index} can't be applied: ${change.error}`);
    const { removed, after: kernel } = change.value;
    return kernel === undefined
      ? tree.with(removed.map((address) => [kernelKey(address), undefined]))
      : withKernel(tree, kernel);
  }
  const kernel = world.kernel(message.to);
  if (kernel === undefined || after === null) return tree;
  return withKernel(tree, { ...kernel, state: openTree(blocks, after) });
}

const withKernel = (tree: StateTree, kernel: Kernel): StateTree =>
  tree.with([
    [
      kernelKey(kernel.address),
      kernelToBytes(
        kernel,
        kernel.state.hash(() => undefined),
      ),
    ],
  ]);
