import { type Result, err, ok } from '../../base/result';
import type { Limits } from '../../environment/limits';
import type { ImportSet } from '../../imports/import-set';
import { checkImports } from '../../imports/link';
import { type EngineModule, compile, validate } from '../../wasm/engine';
import { type MeteredModule, meterModule } from '../../wasm/metering/meter-module';
import { decodeModule } from '../../wasm/module';
import type { CodeFault } from '../container';

/** Code that is checked, metered and compiled: what all its instances share. */
export interface WasmCode {
  /** As it was given. */
  readonly bytes: Uint8Array;
  readonly metered: MeteredModule;
  readonly module: EngineModule;
  readonly sets: readonly ImportSet[];
  /** What a new instance's memory begins with; the rest is zeros. `null` until the first one was made. */
  firstBytes: Uint8Array | null;
}

/** Entries that a table of any code may grow to. */
const mostTableEntries = 1 << 16;

/** The bytes must stay as they are for as long as the code is used. */
export function prepareCode(
  bytes: Uint8Array,
  sets: readonly ImportSet[],
  limits: Limits,
): Result<WasmCode, CodeFault> {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return decoded;
  const valid = validate(bytes);
  if (!valid.ok) return valid;
  const linked = checkImports(decoded.value.imports, sets);
  if (!linked.ok) return linked;
  const metered = meterModule(decoded.value, { pages: limits.pages, tableEntries: mostTableEntries });
  if (!metered.ok) return metered;
  const module = compile(metered.value.bytes);
  if (!module.ok) {
    const message = `with gas counted, the engine refuses it: ${module.error.message}`;
    return err({ code: 'unsupported-code', message });
  }
  return ok({ bytes, metered: metered.value, module: module.value, sets, firstBytes: null });
}
