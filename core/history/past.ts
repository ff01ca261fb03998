/** The world as it was: from the root that the nearest earlier commit names, and the receipts that came after it. */
import type { Storage } from '../base/storage';
import { isControlMethod, isMailboxMethod } from '../environment/control';
import { control } from '../kernel/control';
import { type Kernel, kernelToBytes } from '../kernel/kernel';
import type { Receipt } from '../kernel/receipt';
import { createWorldView, kernelKey } from '../kernel/world-view';
import { type StateTree, emptyTree, openTree } from '../state/tree';
import type { Commits } from './commits';
import { DamagedBlock } from './stored-value';

/** The world's tree after the first `length` receipts. */
export const worldTreeAt = (commits: Commits, length: number, storage: Storage): StateTree =>
  createPast(commits, storage).treeAt(length);

/** The worlds of one branch's past. Going from one to the next after it costs what its receipt changed. */
export interface Past {
  /** The world's tree after the first `length` receipts. */
  treeAt(length: number): StateTree;
}

export function createPast(commits: Commits, storage: Storage): Past {
  /** The one that was asked for last, when it is within a commit. */
  let last: { readonly length: number; readonly tree: StateTree } | null = null;
  const endOf = (length: number): StateTree =>
    length === 0 ? emptyTree : openTree(storage, commits.containing(length - 1).world);
  return {
    treeAt(length) {
      if (length === 0) return emptyTree;
      const { first, end } = commits.containing(length - 1);
      if (length === end) return endOf(length);
      let { length: from, tree } =
        last !== null && first <= last.length && last.length <= length
          ? last
          : { length: first, tree: endOf(first) };
      for (; from < length; from++) tree = withReceipt(tree, commits.receipt(from), storage);
      last = { length, tree };
      return tree;
    },
  };
}

function withReceipt(tree: StateTree, receipt: Receipt, storage: Storage): StateTree {
  const { message, outcome, after } = receipt;
  if (outcome.kind !== 'ok' || isMailboxMethod(message.method)) return tree;
  const world = createWorldView(() => tree, storage);
  if (isControlMethod(message.method)) {
    const change = control(message, world, receipt.index);
    if (!change.ok) throw new DamagedBlock(`receipt ${receipt.index} can't be applied: ${change.error}`);
    const { removed, after: kernel } = change.value;
    return kernel === undefined
      ? tree.with(removed.map((address) => [kernelKey(address), undefined]))
      : withKernel(tree, kernel, storage);
  }
  const kernel = world.kernel(message.to);
  if (kernel === undefined || after === null) return tree;
  return withKernel(tree, { ...kernel, state: openTree(storage, after) }, storage);
}

function withKernel(tree: StateTree, kernel: Kernel, { hashOf }: Storage): StateTree {
  const stateRoot = kernel.state.hash(() => undefined, hashOf);
  return tree.with([[kernelKey(kernel.address), kernelToBytes(kernel, stateRoot)]]);
}
