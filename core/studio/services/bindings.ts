/** Which kernels run which contract: set up when a world begins, changed when a contract was built anew. Both by signals. */
import { bytesEqual } from '../../base/bytes';
import { type Hash, codec, hashToText } from '../../base/hash';
import { type Address, rootAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import { installedCode } from '../../kernel/control';
import { bindSignal, createSignal, installSignal } from '../../kernel/control-signals';
import type { ScenarioKernel } from '../../scenario/scenario';
import { pageSize } from '../protocol/declare';
import type { Runner } from './runner';

/** A contract and its code, kept in the store already. */
export interface InstalledCode {
  readonly path: string;
  readonly code: Hash;
}

export interface Bound {
  readonly code: string;
  /** The first of them, by address. */
  readonly bound: string[];
  readonly boundTotal: number;
  /** How many of all get the code with a message that still waits. */
  readonly waiting: number;
  readonly unchanged: boolean;
}

/**
 * Makes contracts known and creates the kernels of a set-up, as far as their contracts could be built. The others are
 * created by {@link bindCode} when theirs is.
 */
export function setUp(
  branch: Branch,
  kernels: readonly ScenarioKernel[],
  contracts: readonly InstalledCode[],
): void {
  const codeByPath = new Map(contracts.map(({ path, code }) => [path, code]));
  for (const contract of contracts) install(branch, contract);
  for (const kernel of kernels) {
    const code = kernel.code === null ? null : codeByPath.get(kernel.code);
    if (code !== undefined) create(branch, kernel, code);
  }
}

/**
 * Binds the code to each kernel that runs the contract, and creates those of the set-up that waited for it. Answers when
 * the signals have their receipts, or when they won't be delivered yet: the world is stopped, or a kernel is busy.
 */
export async function bindCode(options: {
  readonly branch: Branch;
  readonly runner: Runner;
  readonly kernels: readonly ScenarioKernel[];
  readonly contract: InstalledCode;
}): Promise<Bound> {
  const { branch, runner, kernels, contract } = options;
  const { path, code } = contract;
  const world = branch.world();
  const bound: Address[] = [];
  for (const address of world.addresses(rootAddress)) {
    const kernel = world.kernel(address);
    if (kernel?.codeName !== path) continue;
    if (kernel.code === null || !bytesEqual(kernel.code, code)) bound.push(address);
  }
  const missing = kernels.filter((kernel) => kernel.code === path && isMissing(branch, kernel));
  const unchanged = bound.length + missing.length === 0 && isInstalled(branch, contract);
  if (!unchanged) {
    install(branch, contract);
    for (const address of bound) branch.signal(bindSignal(address, { code, codeName: path }));
    for (const kernel of missing) create(branch, kernel, code);
    runner.wake();
    await runner.reached(branch.delivered + branch.pending);
  }
  const all = [...bound, ...missing.map(({ address }) => address)];
  const now = branch.world();
  const runsIt = (address: Address): boolean => {
    const bound = now.kernel(address)?.code ?? null;
    return bound !== null && bytesEqual(bound, code);
  };
  return {
    code: hashToText(code, codec.raw),
    bound: all.slice(0, pageSize),
    boundTotal: all.length,
    waiting: all.filter((address) => !runsIt(address)).length,
    unchanged,
  };
}

/** A bare kernel that only stands above others is still to be created. */
function isMissing(branch: Branch, { address, code }: ScenarioKernel): boolean {
  const world = branch.world();
  if (address === rootAddress) return code !== null && (world.kernel(address)?.code ?? null) === null;
  return world.addresses(address).next().value !== address;
}

const create = (branch: Branch, { address, code: codeName, state }: ScenarioKernel, code: Hash | null) =>
  branch.signal(createSignal(address, { code, codeName }, state));

const install = (branch: Branch, { path, code }: InstalledCode) => branch.signal(installSignal(path, code));

function isInstalled(branch: Branch, { path, code }: InstalledCode): boolean {
  const installed = installedCode(path, branch.world());
  return installed !== undefined && bytesEqual(installed, code);
}
