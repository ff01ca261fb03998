/** Where breakpoints are in code, worked out once for each of both. */
import { type Hash, hashToKey } from '../../base/hash';
import { type Result, err } from '../../base/result';
import type { Breakpoint } from '../../debugger/breakpoint';
import { type Placement, placeTrigger } from '../../debugger/placement';
import type { Limits } from '../../environment/limits';
import type { DebugCodes } from './debug-codes';

/** The reason, in words, why the code can't meet it. */
export type FindPlacement = (breakpoint: Breakpoint, code: Hash) => Result<Placement, string>;

/** Of one breakpoint, in so many codes. */
const mostKept = 1024;

export function createPlacements(codes: DebugCodes, limits: () => Limits): FindPlacement {
  const placementsOf = new WeakMap<Breakpoint, Map<string, Result<Placement, string>>>();

  function placementsFor(breakpoint: Breakpoint): Map<string, Result<Placement, string>> {
    const known = placementsOf.get(breakpoint);
    if (known !== undefined) return known;
    const created = new Map<string, Result<Placement, string>>();
    placementsOf.set(breakpoint, created);
    return created;
  }

  return (breakpoint, hash) => {
    const placements = placementsFor(breakpoint);
    const key = hashToKey(hash);
    const known = placements.get(key);
    if (known !== undefined) return known;
    const code = codes.load(hash, limits());
    const placed = code.ok ? placeTrigger(breakpoint.on, code.value) : err(code.error.message);
    if (placements.size >= mostKept) placements.clear();
    placements.set(key, placed);
    return placed;
  };
}
