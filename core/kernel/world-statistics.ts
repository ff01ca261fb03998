/** How large the states of kernels are, how much of it is stored once, and how much another point of the past shares. */
import {
  type KnownBlocks,
  type TreeSize,
  type TreeStatistics,
  emptySize,
  measureTree,
  sum,
} from '../state/statistics';
import type { Scope } from './world-entries';
import type { WorldView } from './world-view';

export interface WorldStatistics extends TreeSize {
  readonly kernels: number;
  /** Each block once, however many kernels have it. */
  readonly stored: Pick<TreeSize, 'blocks' | 'bytes'>;
  /** Those of them that the other point has, too; `null` when none was named. */
  readonly shared: Pick<TreeSize, 'blocks' | 'bytes'> | null;
}

/**
 * The states of the kernels of a scope, of a world whose messages are all committed. Each step reads one block. May throw
 * a `MissingBlock`.
 */
export function* measureWorld(
  world: WorldView,
  scope: Scope,
  other: WorldView | null,
): Generator<void, WorldStatistics, undefined> {
  const { fresh: stored, ...size } = yield* measureStates(world, scope, new Map());
  if (other === null) return { ...size, stored, shared: null };
  const known: KnownBlocks = new Map();
  yield* measureStates(other, scope, known);
  const { fresh } = yield* measureStates(world, scope, known);
  const shared = { blocks: stored.blocks - fresh.blocks, bytes: stored.bytes - fresh.bytes };
  return { ...size, stored, shared };
}

function* measureStates(
  world: WorldView,
  { address: from, below }: Scope,
  known: KnownBlocks,
): Generator<void, TreeStatistics & { readonly kernels: number }, undefined> {
  let kernels = 0;
  let size: TreeSize = emptySize;
  const fresh = { blocks: 0, bytes: 0 };
  for (const address of below ? world.addresses(from) : [from]) {
    const kernel = world.kernel(address);
    if (kernel === undefined) continue;
    const measured = yield* measureTree(kernel.state, known);
    kernels += 1;
    size = sum(size, measured);
    fresh.blocks += measured.fresh.blocks;
    fresh.bytes += measured.fresh.bytes;
    yield;
  }
  return { ...size, kernels, fresh };
}
