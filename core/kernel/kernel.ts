/** A kernel as a value: an actor's address, the segment of code it is bound to, and its state tree. */
import { bytesEqual } from '../base/bytes';
import { createCborWriter } from '../base/cbor-writer';
import { type Hash, codec, linkToHash } from '../base/hash';
import { type Value, decodeValue, isLink } from '../base/value';
import { assert } from '../base/result';
import type { BlockReader } from '../base/storage';
import type { Address } from '../environment/address';
import { type StateTree, emptyTree, openTree } from '../state/tree';

export interface Kernel {
  readonly address: Address;
  /** `null` for a kernel without code, which only stands on the way to its children. */
  readonly code: Hash | null;
  /** The path of the contract it was bound to, `contracts/bank.ts`; `null` when bound to bytes or to nothing. */
  readonly codeName: string | null;
  readonly state: StateTree;
}

const emptyRoot = emptyTree.hash(() => undefined);

export const emptyKernel = (address: Address): Kernel => ({
  address,
  code: null,
  codeName: null,
  state: emptyTree,
});

/** The kernel as the world's tree keeps it: a dag-cbor list of code link, contract path and state link. */
export function kernelToBytes({ code, codeName }: Kernel, stateRoot: Hash): Uint8Array {
  const writer = createCborWriter(128);
  writer.list(3);
  if (code === null) writer.null();
  else writer.link(code, codec.raw);
  if (codeName === null) writer.null();
  else writer.text(codeName);
  if (bytesEqual(stateRoot, emptyRoot)) writer.null();
  else writer.link(stateRoot);
  return writer.written();
}

/** What the world's tree keeps of a kernel. */
export interface StoredKernel extends Pick<Kernel, 'code' | 'codeName'> {
  /** `null` for an empty state. */
  readonly stateRoot: Hash | null;
}

/** `undefined` for bytes that are no kernel. */
export function bytesToStoredKernel(bytes: Uint8Array): StoredKernel | undefined {
  const decoded = decodeValue(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return undefined;
  const [code, codeName, state] = decoded.value as readonly Value[];
  return {
    code: hashOrNull(code),
    codeName: typeof codeName === 'string' ? codeName : null,
    stateRoot: hashOrNull(state),
  };
}

export function bytesToKernel(address: Address, bytes: Uint8Array, blocks: BlockReader): Kernel {
  const stored = bytesToStoredKernel(bytes);
  assert(stored !== undefined, 'the world tree holds kernels');
  const { code, codeName, stateRoot } = stored;
  return { address, code, codeName, state: stateRoot === null ? emptyTree : openTree(blocks, stateRoot) };
}

const hashOrNull = (value: Value | undefined): Hash | null =>
  value !== undefined && isLink(value) ? linkToHash(value) : null;
