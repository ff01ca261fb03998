/** Answers what windows ask about whole states, in slices: these walks may be as long as a state is large. */
import type { Clock } from '../../base/clock';
import { parseAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import type { stateProtocol } from '../protocol/state';
import type { Handlers } from '../rpc/serve';
import { findKernel } from './places';
import { inSlices } from './slices';
import { searchPage } from './state-search';

export function createStateService({
  branch,
  clock,
}: {
  readonly branch: Branch;
  readonly clock: Clock;
}): Handlers<typeof stateProtocol> {
  return {
    async 'state.search'({ kernel: text, at, after, ...asked }, signal) {
      const found = findKernel(branch, text, at);
      if (!found.ok) return found;
      const { kernel, world } = found.value;
      const last = after === null ? null : parseAddress(after.kernel);
      if (last?.ok === false) return last;
      const place = last && after && { address: last.value, key: after.key };
      return inSlices(searchPage(world, { ...asked, address: kernel.address, after: place }), clock, signal);
    },
  };
}
