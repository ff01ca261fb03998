/** Proofs of what a kernel's state holds that lead down from the root of the whole world. */
import { type Fault, fault } from '../base/fault';
import type { Hash, HashFunction } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { Address } from '../environment/address';
import { proveKey, readProof } from '../state/proof';
import { emptyTree, openTree } from '../state/tree';
import { bytesToStoredKernel } from './kernel';
import { type WorldView, kernelKey } from './world-view';

/** That a world of this root holds a key of a kernel, or doesn't. Plain data, to be given to somebody else. */
export interface EntryProof {
  readonly root: Hash;
  readonly address: Address;
  readonly key: Uint8Array;
  /** From the world's root to the kernel, and from the root of its state to the key. */
  readonly blocks: readonly Uint8Array[];
}

export type ProvenEntry =
  | { readonly holds: 'value'; readonly value: Uint8Array }
  /** There is the kernel, but not the key. */
  | { readonly holds: 'no-key' }
  /** No kernel was created at the address. */
  | { readonly holds: 'no-kernel' };

/** Of a world whose messages are all committed. May throw a `MissingBlock`. */
export function proveEntry(
  world: WorldView,
  { address, key }: Pick<EntryProof, 'address' | 'key'>,
  hashOf: HashFunction,
): EntryProof {
  const tree = world.tree();
  // The blocks are in the store already, or belong to a world of the past that is put together for this alone.
  const root = tree.hash(() => undefined, hashOf);
  const way = proveKey(tree, kernelKey(address));
  const kernel = tree.get(kernelKey(address)) === undefined ? undefined : world.kernel(address);
  const rest = kernel === undefined ? [] : proveKey(kernel.state, key);
  return { root, address, key, blocks: [...way, ...rest] };
}

/** Needs nothing but the proof: whoever trusts its root may trust the answer. */
export function verifyEntry(
  { root, address, key, blocks }: EntryProof,
  hashOf: HashFunction,
): Result<ProvenEntry, Fault<'bad-proof'>> {
  return readProof<ProvenEntry>(blocks, hashOf, (proof) => {
    const bytes = openTree(proof, root).get(kernelKey(address));
    if (bytes === undefined) return ok({ holds: 'no-kernel' });
    const kernel = bytesToStoredKernel(bytes);
    if (kernel === undefined) return err(fault('bad-proof', `what the proof has at ${address} is no kernel`));
    const state = kernel.stateRoot === null ? emptyTree : openTree(proof, kernel.stateRoot);
    const value = state.get(key);
    return ok(value === undefined ? { holds: 'no-key' } : { holds: 'value', value });
  });
}
