/** What a world differs in between two points, in pages. */
import { codec, hashToText } from '../../base/hash';
import { take } from '../../base/take';
import type { Address } from '../../environment/address';
import type { Kernel } from '../../kernel/kernel';
import { diffKernels, diffWorlds } from '../../kernel/world-diff';
import type { WorldView } from '../../kernel/world-view';
import { keyAfter } from '../../state/range';
import type { Returns } from '../protocol/declare';
import type { stateProtocol } from '../protocol/state';
import { changeToWire } from './state-changes';

export interface ComparedWorlds {
  readonly before: WorldView;
  readonly after: WorldView;
}

export function compareWorlds(
  { before, after }: ComparedWorlds,
  last: Address | null,
  count: number,
): Returns<typeof stateProtocol, 'state.compare'> {
  const found = take(diffWorlds(before, after, last), count + 1);
  const rows = found.slice(0, count).map((change) => ({
    kernel: change.address,
    before: sideToWire(change.before),
    after: sideToWire(change.after),
  }));
  return { rows, more: found.length > count };
}

/** A kernel that a side doesn't have counts as one without entries. */
export function compareKernel(
  { before, after }: ComparedWorlds,
  kernel: Address,
  { last, count }: { readonly last: Uint8Array | null; readonly count: number },
): Returns<typeof stateProtocol, 'state.compareKernel'> {
  const sides = { before: before.kernel(kernel), after: after.kernel(kernel) };
  const found = take(diffKernels(sides, last === null ? {} : { from: keyAfter(last) }), count + 1);
  return { rows: found.slice(0, count).map(changeToWire), more: found.length > count };
}

const sideToWire = (kernel: Kernel | undefined) =>
  kernel === undefined
    ? null
    : { codeName: kernel.codeName, code: kernel.code === null ? null : hashToText(kernel.code, codec.raw) };
