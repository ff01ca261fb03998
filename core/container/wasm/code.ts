import { type Result, err, ok } from '../../base/result';
import type { Limits } from '../../environment/limits';
import type { ImportSet } from '../../imports/import-set';
import { type EngineModule, compile } from '../../wasm/engine';
import { type MeteredModule, meterModule } from '../../wasm/metering/meter-module';
import { type Misfit, findMisfit, firstValues } from '../../wasm/segments';
import { checkCode } from '../check-code';
import type { CodeFault } from '../container';

/** Code that is checked, metered and compiled: what all its instances share. */
export interface WasmCode {
  /** As it was given. */
  readonly bytes: Uint8Array;
  readonly metered: MeteredModule;
  readonly module: EngineModule;
  readonly sets: readonly ImportSet[];
  /** No instance can be made when there is one. */
  readonly misfit: Misfit | null;
  /** What a new instance's memory begins with; the rest is zeros. `null` until the first one was made. */
  firstBytes: Uint8Array | null;
}

/** The bytes must stay as they are for as long as the code is used. */
export function prepareCode(
  bytes: Uint8Array,
  offered: readonly ImportSet[],
  limits: Limits,
): Result<WasmCode, CodeFault> {
  const checked = checkCode(bytes, offered, limits);
  if (!checked.ok) return checked;
  const { sets } = checked.value;
  const metered = meterModule(checked.value.module, checked.value.bounds);
  const module = compile(metered.bytes);
  if (!module.ok) {
    const message = `with gas counted, the engine refuses it: ${module.error.message}`;
    return err({ code: 'unsupported-code', message });
  }
  const misfit = findMisfit(checked.value.module, firstValues(checked.value.module));
  return ok({ bytes, metered, module: module.value, sets, misfit, firstBytes: null });
}
