/** The VM kind `wasm`: the engine's own compiled code, metered by rewriting it. */
import { type Result, assert, err, ok } from '../../base/result';
import type { Environment } from '../../environment/environment';
import type { Limits } from '../../environment/limits';
import type { CodePosition, Outcome } from '../../environment/outcome';
import { OutOfGas, Refusal } from '../../imports/guest';
import type { ImportSet } from '../../imports/import-set';
import { checkImports } from '../../imports/link';
import type { Observer } from '../../imports/trace';
import { instructionAt } from '../../wasm/decode-instruction';
import { type EngineModule, compile, isStackOverflow, isTrap, validate } from '../../wasm/engine';
import { whatRanOut } from '../../wasm/metering/meter';
import { type MeteredModule, meterModule } from '../../wasm/metering/meter-module';
import { decodeModule } from '../../wasm/module';
import type { CodeFault, Entry, LoadedCode, RunResult, Scalar, VmContainer } from '../container';
import { type MeteredInstance, createInstance } from './instance';
import { messageToReason, placeOfError } from './traps';

/** Entries that a table of any code may grow to. */
export const mostTableEntries = 1 << 16;

export function createWasmContainer(): VmContainer {
  return {
    kind: 'wasm',
    load(bytes, sets, limits) {
      const code = prepare(bytes, sets, limits);
      return code.ok ? ok(createLoadedCode(code.value, sets)) : code;
    },
  };
}

interface Code {
  readonly bytes: Uint8Array;
  readonly metered: MeteredModule;
  readonly module: EngineModule;
}

function prepare(bytes: Uint8Array, sets: readonly ImportSet[], limits: Limits): Result<Code, CodeFault> {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return decoded;
  const valid = validate(bytes);
  if (!valid.ok) return valid;
  const linked = checkImports(decoded.value.imports, sets);
  if (!linked.ok) return linked;
  const metered = meterModule(decoded.value, { pages: limits.pages, tableEntries: mostTableEntries });
  if (!metered.ok) return metered;
  const module = compile(metered.value.bytes);
  if (module.ok) return ok({ bytes, metered: metered.value, module: module.value });
  return err({
    code: 'unsupported-code',
    message: `with gas counted, the engine refuses it: ${module.error.message}`,
  });
}

function createLoadedCode(code: Code, sets: readonly ImportSet[]): LoadedCode {
  /** Runs don't overlap, so one instance serves them all. */
  let idle: MeteredInstance | null = null;
  return {
    run(entry, environment, observer) {
      let instance = idle;
      idle = null;
      if (instance === null) {
        try {
          instance = createInstance(code, sets, environment);
        } catch (error) {
          return { outcome: errorToOutcome(error, code, null), returned: null, gasUsed: 0 };
        }
      }
      const result = runIn(instance, { code, entry, environment, observer });
      if (!instance.isAltered()) idle = instance;
      return result;
    },
    dispose() {
      idle = null;
    },
  };
}

interface Run {
  readonly code: Code;
  readonly entry: Entry;
  readonly environment: Environment;
  readonly observer: Observer | null;
}

function runIn(instance: MeteredInstance, { code, entry, environment, observer }: Run): RunResult {
  const { gas } = environment.limits;
  instance.begin(environment, observer);
  try {
    instance.start?.();
    const returned = instance.entry(entry.name)(...entry.args);
    const left = instance.gasLeft();
    if (left < 0) return { outcome: outOfGas(null), returned: null, gasUsed: gas };
    return {
      outcome: { kind: 'ok', reply: environment.reply },
      returned: isScalar(returned) ? returned : null,
      gasUsed: gas - left,
    };
  } catch (error) {
    const outcome = errorToOutcome(error, code, instance);
    // How deep the engine's own stack is depends on how it compiled the code, and so would the gas.
    const left = isStackOverflow(error) ? 0 : Math.max(0, instance.gasLeft());
    return { outcome, returned: null, gasUsed: gas - left };
  }
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'number' || typeof value === 'bigint';

function outOfGas(position: CodePosition | null): Outcome {
  return { kind: 'trap', reason: 'out of gas', detail: null, position };
}

/** Rethrows what no code can cause. */
function errorToOutcome(error: unknown, { bytes, metered }: Code, instance: MeteredInstance | null): Outcome {
  if (error instanceof OutOfGas) return outOfGas(callSite(metered, instance));
  if (error instanceof Refusal) {
    return {
      kind: 'trap',
      reason: error.reason,
      detail: error.detail,
      position: callSite(metered, instance),
    };
  }
  if (isStackOverflow(error)) return { kind: 'trap', reason: 'stack overflow', detail: null, position: null };
  if (!isTrap(error)) throw error;
  const place = placeOfError(error);
  const position = place === null ? null : metered.placeOf(place.function, place.offset);
  if (instance === null) {
    // Only an active segment can trap before anything has run.
    const reason = error.message.includes('table')
      ? 'out of bounds table access'
      : 'out of bounds memory access';
    return { kind: 'trap', reason, detail: error.message.replace(/^.*?: /, ''), position: null };
  }
  const ranOut = whatRanOut(instance.meter());
  if (ranOut === 'gas') return outOfGas(position);
  if (ranOut === 'stack') return { kind: 'trap', reason: 'stack overflow', detail: null, position };
  const instruction = position === null ? null : instructionAt(bytes, position.offset);
  const reason = messageToReason(error.message, instruction, instance);
  assert(reason !== null, `the engine's trap has a reason: ${error.message}`);
  return { kind: 'trap', reason, detail: null, position };
}

function callSite(metered: MeteredModule, instance: MeteredInstance | null): CodePosition | null {
  const offset = instance?.callSite() ?? 0;
  const index = metered.functionAt(offset);
  return index === null ? null : { function: index, offset };
}
