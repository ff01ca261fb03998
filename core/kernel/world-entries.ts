/** The states of many kernels as one row of entries: what is searched. */
import type { Address } from '../environment/address';
import { entriesIn } from '../state/iterate';
import { keyAfter } from '../state/range';
import type { StateEntry } from '../state/tree';
import type { WorldView } from './world-view';

/** An entry of some kernel's state. */
export interface WorldEntry extends StateEntry {
  readonly address: Address;
}

export type EntryPlace = Pick<WorldEntry, 'address' | 'key'>;

/** A kernel, or it and all below it. */
export interface Scope {
  readonly address: Address;
  readonly below: boolean;
}

/**
 * The entries of the kernels of a scope, in order of addresses and keys; those after a place, or all for `null`. Lazy.
 * Of a world that changes meanwhile, each kernel is as it is when the walk comes to it. May throw a `MissingBlock`.
 */
export function* worldEntries(
  world: WorldView,
  { address: from, below }: Scope,
  after: EntryPlace | null,
): Generator<WorldEntry, void, undefined> {
  for (const address of below ? world.addresses(from, after?.address) : [from]) {
    const kernel = world.kernel(address);
    if (kernel === undefined) continue;
    const isFirst = after !== null && address === after.address;
    for (const { key, value } of entriesIn(kernel.state, isFirst ? { from: keyAfter(after.key) } : {})) {
      yield { address, key, value };
    }
  }
}
