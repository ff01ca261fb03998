/** One run of an instance, from its entry to an outcome. */
import { assert } from '../../base/result';
import type { Environment } from '../../environment/environment';
import type { CodePosition, Outcome } from '../../environment/outcome';
import { OutOfGas, Refusal } from '../../imports/guest';
import type { Observer } from '../../imports/trace';
import { instructionAt } from '../../wasm/decode-instruction';
import { isStackOverflow, isTrap, withDeepStacks } from '../../wasm/engine';
import { largestGas, whatRanOut } from '../../wasm/metering/meter';
import type { Entry, RunResult, Scalar } from '../container';
import type { WasmCode } from './code';
import type { MeteredInstance } from './instance';
import { messageToReason, stackOfError } from './traps';

export interface Run {
  readonly entry: Entry;
  readonly environment: Environment;
  readonly observer: Observer | null;
}

/** Makes the instance fresh and runs it. Never throws for anything the code does. */
export const runInstance = (instance: MeteredInstance, code: WasmCode, run: Run): RunResult =>
  run.observer === null ? runToEnd(instance, code, run) : withDeepStacks(() => runToEnd(instance, code, run));

function runToEnd(instance: MeteredInstance, code: WasmCode, run: Run): RunResult {
  const { entry, environment, observer } = run;
  const gas = Math.min(environment.limits.gas, largestGas);
  instance.begin(environment, observer);
  try {
    instance.start?.();
    const returned = instance.entry(entry.name)(...entry.args);
    const left = instance.gasLeft();
    if (left < 0) return { outcome: trap('out of gas', null), returned: null, gasUsed: gas };
    const outcome: Outcome = { kind: 'ok', reply: environment.reply };
    return { outcome, returned: isScalar(returned) ? returned : null, gasUsed: gas - left };
  } catch (error) {
    const outcome = errorToOutcome(error, code, instance);
    if (observer !== null && isTrap(error)) observer.onTrap(stackOfError(error, code));
    // How deep the engine's own stack is depends on how it compiled the code; so would the gas.
    const left = isStackOverflow(error) ? 0 : Math.max(0, instance.gasLeft());
    return { outcome, returned: null, gasUsed: gas - left };
  }
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'number' || typeof value === 'bigint';

type Trap = Outcome & { readonly kind: 'trap' };

function trap(reason: Trap['reason'], position: CodePosition | null, detail: string | null = null): Trap {
  return { kind: 'trap', reason, detail, position };
}

/** Rethrows what no code can cause. */
function errorToOutcome(error: unknown, code: WasmCode, instance: MeteredInstance): Outcome {
  const { bytes, metered } = code;
  if (error instanceof OutOfGas) return trap('out of gas', metered.positionAt(instance.callSite()));
  if (error instanceof Refusal) {
    return trap(error.reason, metered.positionAt(instance.callSite()), error.detail);
  }
  if (isStackOverflow(error)) return trap('stack overflow', null);
  if (!isTrap(error)) throw error;
  const [position = null] = stackOfError(error, code);
  const ranOut = whatRanOut(instance.meter());
  if (ranOut !== null) return trap(ranOut === 'gas' ? 'out of gas' : 'stack overflow', position);
  const instruction = position === null ? null : instructionAt(bytes, position.offset);
  const reason = messageToReason(error.message, instruction, instance);
  assert(reason !== null, `the engine's trap has a reason: ${error.message}`);
  return trap(reason, position);
}
