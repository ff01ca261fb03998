/** What a call names, looked up in a stored world: `/bank/alice:balance`, after so many receipts. */
import { textToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import { type Address, parentOf, parseAddress, segmentsOf } from '../environment/address';
import type { Branch } from '../history/branch';
import type { Kernel } from '../kernel/kernel';
import type { WorldView } from '../kernel/world-view';

export interface KernelAt {
  readonly kernel: Kernel;
  readonly view: WorldView;
  /** The world after this many receipts. */
  readonly at: number;
}

/** The parts of a PATH; `key` is `null` when it names a kernel alone. */
export function splitPath(path: string): { readonly address: string; readonly key: string | null } {
  const colon = path.indexOf(':');
  return colon === -1
    ? { address: path, key: null }
    : { address: path.slice(0, colon), key: path.slice(colon + 1) };
}

export function worldAt(branch: Branch, at: number): Result<WorldView, Fault> {
  return at <= branch.length
    ? ok(branch.world(at))
    : err(fault('no-receipt', `the world has ${branch.length} receipts, fewer than ${at}`));
}

export function kernelAt(branch: Branch, text: string, at: number): Result<KernelAt, Fault> {
  const view = worldAt(branch, at);
  if (!view.ok) return view;
  const address = parseAddress(text);
  if (!address.ok) return address;
  const kernel = view.value.kernel(address.value);
  return kernel === undefined
    ? err(noKernel(address.value, view.value))
    : ok({ kernel, view: view.value, at });
}

const page = 256;

export function* childrenOf(view: WorldView, parent: Address): Generator<Kernel, void, undefined> {
  let after: string | null = null;
  for (;;) {
    const children: readonly Kernel[] = view.children(parent, after, page);
    yield* children;
    const last = children.at(-1);
    if (last === undefined) return;
    after = nameOf(last.address);
  }
}

export const nameOf = (address: Address): string => segmentsOf(address).at(-1) ?? '/';

function noKernel(address: Address, view: WorldView): Fault {
  const parent = parentOf(address);
  const above = parent === null ? undefined : view.kernel(parent);
  if (parent === null || above === undefined) return fault('no-kernel', `there is no kernel ${address}`);
  if (above.state.get(textToBytes(nameOf(address))) !== undefined) {
    return fault('no-kernel', `there is no kernel ${address}, but ${parent} has a key of that name`, {
      remedy: `write ${parent}:${nameOf(address)}`,
    });
  }
  const siblings = [...childrenOf(view, parent)].map((child) => child.address);
  const meant = nearest(address, siblings);
  return fault('no-kernel', `there is no kernel ${address}`, {
    remedy:
      meant === null ? `kernelscope state WORLD ${parent} lists what is there` : `did you mean ${meant}?`,
  });
}
