/** Contracts as calls of the protocol: checked while they are written, built and bound when they are saved. */
import type { Clock } from '../base/clock';
import { type Fault, faultToText } from '../base/fault';
import { type Result, ok } from '../base/result';
import { errorIn } from '../contracts/diagnostic';
import { importSetOf } from '../contracts/import-sets/import-sets';
import type { Binding, Rebuilt, workspaceProtocol } from '../studio/protocol/workspace';
import type { Handlers } from '../studio/rpc/serve';
import type { Builder } from './builder';
import { contractFileFault } from './contract-file';
import type { BuildAnswer } from './worker-protocol';
import { listContracts } from '../workspace/workspace';
import type { WorldLink } from './world-link';
import { contractsOf, readWorldSetup } from './world-setup';

export type ContractHandlers = Pick<
  Handlers<typeof workspaceProtocol>,
  'contracts.check' | 'contracts.bind' | 'contracts.rebuild' | 'contracts.libraries'
>;

export function createContracts(options: {
  /** The workspace's. */
  readonly folder: string;
  readonly builder: Builder;
  readonly world: WorldLink;
  readonly clock: Clock;
}): ContractHandlers {
  const { folder, builder, world, clock } = options;
  /** Files that contracts were made of, as far as they were built since the workspace was opened. */
  const inputsByContract = new Map<string, readonly string[]>();

  async function build(path: string, signal?: AbortSignal): Promise<Result<BuildAnswer, Fault>> {
    const unreadable = await contractFileFault(folder, path);
    if (unreadable !== null)
      return ok({ ok: false, diagnostics: [errorIn(path, faultToText(unreadable))], inputs: [path] });
    const built = await builder.build(path, null, signal);
    if (built.ok && built.value.ok) inputsByContract.set(path, built.value.inputs);
    else inputsByContract.delete(path);
    return built;
  }

  async function bind(path: string, built: BuildAnswer, began: number): Promise<Result<Binding, Fault>> {
    const { diagnostics } = built;
    if (!built.ok) return ok({ ...nothingBound, diagnostics, milliseconds: clock.now() - began });
    const { code, sourceMap } = built;
    const bound = await world.call('world.bind', { path, code, sourceMap });
    if (!bound.ok) return bound;
    const milliseconds = clock.now() - began;
    return ok({ ...bound.value, built: true, diagnostics, codeBytes: code.length, milliseconds });
  }

  /** Contracts that may have a file in them: of those that were not built yet, nobody knows. */
  async function mayInclude(file: string): Promise<readonly string[]> {
    const setup = await readWorldSetup(folder);
    const named = setup.ok ? contractsOf(setup.value) : [];
    const all = new Set([...(await listContracts({ folder })), ...named]);
    return [...all].filter((path) => inputsByContract.get(path)?.includes(file) !== false);
  }

  return {
    async 'contracts.check'({ path, text }, signal) {
      const built = await builder.build(path, text, signal);
      if (!built.ok) return built;
      const { diagnostics } = built.value;
      return ok({ diagnostics, interface: built.value.ok ? built.value.interface : null });
    },
    async 'contracts.bind'({ path }) {
      const began = clock.now();
      const built = await build(path);
      return built.ok ? bind(path, built.value, began) : built;
    },
    async 'contracts.rebuild'({ path: file }, signal) {
      const began = clock.now();
      const checked = importSetOf(file) === null ? null : await builder.build(file, null, signal);
      if (checked?.ok === false) return checked;
      const diagnostics = checked?.value.diagnostics ?? [];
      const contracts: Rebuilt['contracts'][number][] = [];
      const isWrong = checked?.value.ok === false;
      for (const path of isWrong ? [] : await mayInclude(file)) {
        const start = clock.now();
        const built = await build(path, signal);
        if (!built.ok) return built;
        if (!built.value.inputs.includes(file)) continue;
        const bound = await bind(path, built.value, start);
        if (!bound.ok) return bound;
        contracts.push({ path, ...bound.value });
      }
      return ok({ diagnostics, contracts, milliseconds: clock.now() - began });
    },
    'contracts.libraries': () => builder.libraries(),
  };
}

const nothingBound = {
  built: false,
  codeBytes: 0,
  code: '',
  bound: [],
  boundTotal: 0,
  waiting: 0,
  unchanged: true,
};
