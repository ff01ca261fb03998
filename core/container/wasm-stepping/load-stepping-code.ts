/** Checks code and makes it ready for machines that step through it. */
import { type Result, ok } from '../../base/result';
import type { Limits } from '../../environment/limits';
import type { ImportSet } from '../../imports/import-set';
import { boundOf } from '../../wasm/bounds';
import { moduleToShape } from '../../wasm/describe';
import { moduleNames } from '../../wasm/names';
import { findMisfit, firstValues } from '../../wasm/segments';
import { checkCode } from '../check-code';
import type { CodeFault } from '../container';
import { createMachine } from './create-machine';
import { compileInterpreter } from './interpreter';
import { layOutAfterCode, layOutModule } from './layout';
import type { SteppingCode, SteppingMachine } from './machine';
import type { SteppingParts } from './parts';
import { translateModule } from './translate';

/** What a container's `load` is to runs that go to their end, and with the same faults. */
export function loadSteppingCode(
  bytes: Uint8Array,
  offered: readonly ImportSet[],
  limits: Limits,
): Result<SteppingCode, CodeFault> {
  const checked = checkCode(bytes, offered, limits);
  if (!checked.ok) return checked;
  const { module, sets, bounds } = checked.value;
  const fixed = layOutModule(module);
  const code = translateModule(module, fixed);
  const [memory] = module.memories;
  const pages = memory === undefined ? 0 : boundOf(memory, bounds.pages);
  const tableBounds = module.tables.map((table, index) =>
    code.growing.has(index) ? boundOf(table, bounds.tableEntries) : table.initial,
  );
  const layout = layOutAfterCode(fixed, module, {
    codeWords: code.words.length,
    breakpoints: code.map.size,
    tableBounds,
    largestFrame: code.largestFrame,
    pages,
  });
  const first = firstValues(module);
  const misfit = findMisfit(module, first);
  const parts: SteppingParts = {
    interpreter: compileInterpreter(),
    module,
    sets,
    code,
    layout,
    first,
    misfit,
    pages,
    tableBounds,
    moments: new WeakMap(),
  };
  /** One that was disposed, to be used again: memories are dear. */
  let free: SteppingMachine | null = null;
  return ok({
    names: moduleNames(moduleToShape(module)),
    sets,
    instructions: code.map.instructions,
    instructionFrom: (offset) => code.map.instructionFrom(offset)?.position ?? null,
    createMachine() {
      const machine = free ?? createMachine(parts, (disposed) => void (free = disposed));
      free = null;
      return machine;
    },
  });
}
