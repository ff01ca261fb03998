/** The import sets that code is given: those that are offered to all, and those that it carries along. */
import { type Result, ok } from '../base/result';
import type { Limits } from '../environment/limits';
import { bytesToCarriedSets } from '../imports/carried-set';
import type { ImportSet } from '../imports/import-set';
import type { CodeFault } from './container';
import { createScriptedSet } from './javascript/scripted-set';

/** `carried` is as the code has it; nothing that is offered gives way to it. */
export function withCarriedSets(
  offered: readonly ImportSet[],
  carried: Uint8Array | null,
  limits: Limits,
): Result<readonly ImportSet[], CodeFault> {
  if (carried === null) return ok(offered);
  const sets = bytesToCarriedSets(carried);
  if (!sets.ok) return sets;
  const taken = new Set(offered.map(({ name }) => name));
  const scripted = sets.value.flatMap((set) => (taken.has(set.name) ? [] : [createScriptedSet(set, limits)]));
  return ok([...offered, ...scripted]);
}
