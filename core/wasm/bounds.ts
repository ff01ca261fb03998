/** What code may start with and grow to, whatever it declares. */
import { fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type WasmModule, sectionId } from './module';
import type { WasmFault } from './shape';

export interface GrowthBounds {
  readonly pages: number;
  readonly tableEntries: number;
}

/** A fault when the module starts out larger than that. */
export function checkBounds(
  module: WasmModule,
  { pages, tableEntries }: GrowthBounds,
): Result<null, WasmFault> {
  const entries = module.tables.reduce((sum, { initial }) => sum + initial, 0);
  if (entries > tableEntries) {
    const what = `tables of ${entries} entries; the limit is ${tableEntries} in all`;
    return err(refuseSize(module, sectionId.table, what));
  }
  const memory = module.memories.find(({ initial }) => initial > pages);
  if (memory !== undefined) {
    const what = `a memory of ${memory.initial} pages; the limit is ${pages}`;
    return err(refuseSize(module, sectionId.memory, what));
  }
  return ok(null);
}

/** What a memory or table of this type may grow to. */
export const boundOf = ({ maximum }: { readonly maximum: number | null }, bound: number): number =>
  Math.min(maximum ?? bound, bound);

function refuseSize(module: WasmModule, id: number, what: string): WasmFault {
  const section = module.sections.find((candidate) => candidate.id === id);
  const position = { offset: section?.start ?? 0 };
  return fault('unsupported-code', what, { position, remedy: 'Start out smaller, or raise the limit.' });
}
