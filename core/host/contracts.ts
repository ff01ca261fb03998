/** Contracts as calls of the protocol: checked while they are written, built and bound when they are saved. */
import type { Clock } from '../base/clock';
import { faultToText } from '../base/fault';
import { ok } from '../base/result';
import { errorIn } from '../contracts/diagnostic';
import type { Binding, workspaceProtocol } from '../studio/protocol/workspace';
import type { Handlers } from '../studio/rpc/serve';
import type { Builder } from './builder';
import { contractFileFault } from './contract-file';
import type { WorldLink } from './world-link';

export type ContractHandlers = Pick<
  Handlers<typeof workspaceProtocol>,
  'contracts.check' | 'contracts.bind' | 'contracts.libraries'
>;

export function createContracts(options: {
  /** The workspace's. */
  readonly folder: string;
  readonly builder: Builder;
  readonly world: WorldLink;
  readonly clock: Clock;
}): ContractHandlers {
  const { folder, builder, world, clock } = options;
  return {
    async 'contracts.check'({ path, text }, signal) {
      const built = await builder.build(path, text, signal);
      if (!built.ok) return built;
      const { diagnostics } = built.value;
      return ok({ diagnostics, interface: built.value.ok ? built.value.interface : null });
    },
    async 'contracts.bind'({ path }) {
      const began = clock.now();
      const refused = (diagnostics: Binding['diagnostics']) =>
        ok({ ...nothingBound, diagnostics, milliseconds: clock.now() - began });
      const unreadable = await contractFileFault(folder, path);
      if (unreadable !== null) return refused([errorIn(path, faultToText(unreadable))]);
      const built = await builder.build(path, null);
      if (!built.ok) return built;
      const { diagnostics } = built.value;
      if (!built.value.ok) return refused(diagnostics);
      const { code, sourceMap } = built.value;
      const bound = await world.call('world.bind', { path, code, sourceMap });
      if (!bound.ok) return bound;
      return ok({
        ...bound.value,
        built: true,
        diagnostics,
        codeBytes: code.length,
        milliseconds: clock.now() - began,
      });
    },
    'contracts.libraries': () => builder.libraries(),
  };
}

const nothingBound = { built: false, codeBytes: 0, code: '', bound: [], boundTotal: 0, unchanged: true };
