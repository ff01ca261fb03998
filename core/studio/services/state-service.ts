/** Answers what windows ask about whole states, in slices: these walks may be as long as a state is large. */
import type { Clock } from '../../base/clock';
import type { Fault } from '../../base/fault';
import { type HashFunction, hashToText } from '../../base/hash';
import { type Result, ok } from '../../base/result';
import { inSlices } from '../../base/slices';
import { parseAddress } from '../../environment/address';
import { proveEntry, verifyEntry } from '../../kernel/world-proof';
import { measureWorld } from '../../kernel/world-statistics';
import type { Params } from '../protocol/declare';
import type { stateProtocol } from '../protocol/state';
import type { Handlers } from '../rpc/serve';
import type { OpenBranches } from './open-branches';
import { findKernel, findPoint, findWorld } from './places';
import { searchPage } from './state-search';
import { dataToWire } from './wire-values';
import { type ComparedWorlds, compareKernel, compareWorlds } from './world-compare';

export function createStateService({
  branches,
  clock,
  hashOf,
}: {
  readonly branches: OpenBranches;
  readonly clock: Clock;
  readonly hashOf: HashFunction;
}): Handlers<typeof stateProtocol> {
  const branch = branches.current;
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
    async 'state.statistics'({ kernel: text, below, at, sharedWith }, signal) {
      const found = findKernel(branch, text, at);
      if (!found.ok) return found;
      const other = sharedWith === null ? null : findWorld(branch, sharedWith);
      if (other?.ok === false) return other;
      const { kernel, world } = found.value;
      const scope = { address: kernel.address, below };
      return inSlices(measureWorld(world, scope, other?.value ?? null), clock, signal);
    },
    'state.prove'({ kernel, at, key }) {
      const address = parseAddress(kernel);
      if (!address.ok) return address;
      const world = findWorld(branch, at);
      if (!world.ok) return world;
      const proof = proveEntry(world.value, { address: address.value, key }, hashOf);
      const proven = verifyEntry(proof, hashOf);
      if (!proven.ok) return proven;
      return ok({
        root: hashToText(proof.root),
        holds: proven.value.holds,
        value: proven.value.holds === 'value' ? dataToWire(proven.value.value) : null,
        blocks: [...proof.blocks],
      });
    },
    'state.compare'({ before, after, last, count }) {
      const worlds = findWorlds(branches, before, after);
      if (!worlds.ok) return worlds;
      const address = last === null ? null : parseAddress(last);
      if (address?.ok === false) return address;
      return ok(compareWorlds(worlds.value, address?.value ?? null, count));
    },
    'state.compareKernel'({ kernel, before, after, ...page }) {
      const worlds = findWorlds(branches, before, after);
      if (!worlds.ok) return worlds;
      const address = parseAddress(kernel);
      return address.ok ? ok(compareKernel(worlds.value, address.value, page)) : address;
    },
  };
}

type Point = Params<typeof stateProtocol, 'state.compare'>['before'];

function findWorlds(branches: OpenBranches, before: Point, after: Point): Result<ComparedWorlds, Fault> {
  const first = findPoint(branches, before);
  if (!first.ok) return first;
  const second = findPoint(branches, after);
  return second.ok ? ok({ before: first.value, after: second.value }) : second;
}
