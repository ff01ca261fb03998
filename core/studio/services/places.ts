/** What calls name, looked up: a point of the past, and a kernel at it. `at` is `null` for now. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Address, parseAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import type { Kernel } from '../../kernel/kernel';
import type { WorldView } from '../../kernel/world-view';
import type { OpenBranches } from './open-branches';

export interface KernelAt {
  readonly kernel: Kernel;
  readonly world: WorldView;
}

export function findWorld(branch: Branch, at: number | null): Result<WorldView, Fault> {
  if (at === null) return ok(branch.world(branch.length));
  return at <= branch.length ? ok(branch.world(at)) : err(noReceipt(at, branch));
}

export function findKernel(branch: Branch, text: string, at: number | null): Result<KernelAt, Fault> {
  const address = parseAddress(text);
  if (!address.ok) return address;
  const world = findWorld(branch, at);
  if (!world.ok) return world;
  const kernel = world.value.kernel(address.value);
  return kernel === undefined ? err(noKernel(address.value, at)) : ok({ kernel, world: world.value });
}

/** A point of the branch that is worked on, or of any other. */
export function findPoint(
  branches: OpenBranches,
  point: number | null | { readonly branch: string; readonly at: number | null },
): Result<WorldView, Fault> {
  if (typeof point === 'number' || point === null) return findWorld(branches.current, point);
  const branch = branches.find(point.branch);
  return branch.ok ? findWorld(branch.value, point.at) : branch;
}

export const noReceipt = (index: number, { length }: Branch): Fault =>
  fault('no-receipt', `there is no receipt ${index}`, {
    remedy: `the history has ${length} of them, from 0`,
  });

const noKernel = (address: Address, at: number | null): Fault =>
  fault('no-kernel', `there is no kernel ${address}${at === null ? '' : ` after ${at} messages`}`, {
    remedy: 'choose one from the kernel tree',
  });
