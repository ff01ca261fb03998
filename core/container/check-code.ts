/** What every container of wasm asks of code before it runs it. */
import { type Result, ok } from '../base/result';
import type { Limits } from '../environment/limits';
import type { ImportSet } from '../imports/import-set';
import { importsSection } from '../imports/carried-set';
import { checkImports } from '../imports/link';
import { type GrowthBounds, checkBounds } from '../wasm/bounds';
import { validate } from '../wasm/engine';
import { type WasmModule, decodeModule } from '../wasm/module';
import { withCarriedSets } from './carried-sets';
import type { CodeFault } from './container';

/** A module that may run within these bounds. The bytes must stay as they are for as long as it is used. */
export interface CheckedCode {
  readonly module: WasmModule;
  /** All that it may import from. */
  readonly sets: readonly ImportSet[];
  readonly bounds: GrowthBounds;
}

/** Entries that a table of any code may grow to. */
const mostTableEntries = 1 << 16;

export function checkCode(
  bytes: Uint8Array,
  offered: readonly ImportSet[],
  limits: Limits,
): Result<CheckedCode, CodeFault> {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return decoded;
  const valid = validate(bytes);
  if (!valid.ok) return valid;
  const { customSections, imports } = decoded.value;
  const carried = customSections.findLast(({ name }) => name === importsSection)?.payload ?? null;
  const sets = withCarriedSets(offered, carried, limits);
  if (!sets.ok) return sets;
  const linked = checkImports(imports, sets.value);
  if (!linked.ok) return linked;
  const bounds = { pages: limits.pages, tableEntries: mostTableEntries };
  const bounded = checkBounds(decoded.value, bounds);
  if (!bounded.ok) return bounded;
  return ok({ module: decoded.value, sets: sets.value, bounds });
}
