/**
 * All kernels at one point of the past, read from the world's tree: an ordered map of addresses to kernels. A key is
 * the address without its first `/` and with one at its end, so that all below a kernel are the keys it begins; the
 * root's key is `/` alone.
 */
import { bytesToText, textToBytes } from '../base/bytes';
import type { BlockReader } from '../base/storage';
import { type Address, rootAddress } from '../environment/address';
import { entriesIn } from '../state/iterate';
import type { StateTree } from '../state/tree';
import { type Kernel, bytesToKernel, emptyKernel } from './kernel';

export interface WorldView {
  /** All kernels, as the tree whose root is the world's. */
  tree(): StateTree;
  /** A kernel that was created, or a bare one for an address that has some below it; `undefined` for any other. */
  kernel(address: Address): Kernel | undefined;
  /** Direct children in order of their names, those greater than `after`, at most `count`. */
  children(parent: Address, after: string | null, count: number): readonly Kernel[];
  /** Their addresses alone, one after the other as they are asked for. */
  childAddresses(parent: Address, after: string | null): Iterable<Address>;
  countChildren(parent: Address): number;
  /**
   * Addresses of the kernels that were created, from one on down: itself first, then all below it. Those before `start`
   * are left out, which stays in itself.
   */
  addresses(from: Address, start?: Address): IterableIterator<Address>;
}

export const kernelKey = (address: Address): Uint8Array =>
  textToBytes(address === rootAddress ? '/' : `${address.slice(1)}/`);

/** `tree` gives the tree as it is at each call. */
export function createWorldView(tree: () => StateTree, blocks: BlockReader): WorldView {
  const view: WorldView = {
    tree,
    kernel(address) {
      const bytes = tree().get(kernelKey(address));
      if (bytes !== undefined) return bytesToKernel(address, bytes, blocks);
      return address === rootAddress || firstChild(tree(), address, null) !== undefined
        ? emptyKernel(address)
        : undefined;
    },
    children(parent, after, count) {
      const found: Kernel[] = [];
      if (count <= 0) return found;
      for (const address of childrenOf(tree(), parent, after)) {
        const kernel = view.kernel(address);
        if (kernel !== undefined) found.push(kernel);
        if (found.length >= count) break;
      }
      return found;
    },
    childAddresses: (parent, after) => childrenOf(tree(), parent, after),
    countChildren(parent) {
      let count = 0;
      for (const _ of childrenOf(tree(), parent, null)) count++;
      return count;
    },
    *addresses(from, start = from) {
      if (start === from && tree().get(kernelKey(from)) !== undefined) yield from;
      const below = {
        ...(from === rootAddress ? {} : { prefix: kernelKey(from) }),
        ...(start === rootAddress ? {} : { from: kernelKey(start) }),
      };
      for (const { key } of entriesIn(tree(), below)) {
        const address = keyToAddress(key);
        if (address !== rootAddress && address !== from) yield address;
      }
    },
  };
  return view;
}

function* childrenOf(tree: StateTree, parent: Address, after: string | null): Iterable<Address> {
  const above = parent === rootAddress ? '/' : `${parent}/`;
  let name = firstChild(tree, parent, after);
  for (; name !== undefined; name = firstChild(tree, parent, name)) yield `${above}${name}` as Address;
}

/** The name of the first child after one name, found by a single seek past all that is below that one. */
function firstChild(tree: StateTree, parent: Address, after: string | null): string | undefined {
  const prefix = parent === rootAddress ? '' : `${parent.slice(1)}/`;
  const past = after === null ? prefix : `${prefix}${after}/\u{10ffff}`;
  const entry = tree.next(past === '' ? null : textToBytes(past));
  if (entry === undefined) return undefined;
  const key = bytesToText(entry.key);
  // The root's own key stands among its children's.
  if (key === '/') return firstChild(tree, parent, '');
  return key.startsWith(prefix) ? key.slice(prefix.length, key.indexOf('/', prefix.length)) : undefined;
}

export const keyToAddress = (key: Uint8Array): Address => {
  const text = bytesToText(key);
  return (text === '/' ? text : `/${text.slice(0, -1)}`) as Address;
};
