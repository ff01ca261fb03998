/** Machines for tests: code in WebAssembly text, started at an export. */
import type { Scalar } from '../../../../core/container/container';
import { loadSteppingCode } from '../../../../core/container/wasm-stepping/load-stepping-code';
import type { SteppingCode, SteppingMachine } from '../../../../core/container/wasm-stepping/machine';
import type { Stop, Until } from '../../../../core/container/wasm-stepping/stop';
import type { Given } from '../../../../core/environment/environment';
import { type Limits, defaultLimits } from '../../../../core/environment/limits';
import { allImports } from '../../../../core/imports/all';
import type { Observer } from '../../../../core/imports/trace';
import { environmentOf } from '../../../conformance/environment';
import { compileText } from '../../../conformance/text';

export function loadBytes(bytes: Uint8Array, limits: Limits = defaultLimits): SteppingCode {
  const code = loadSteppingCode(bytes, allImports, limits);
  if (!code.ok) throw new Error(code.error.message);
  return code.value;
}

/** The fields of a module. */
export const loadText = (text: string): SteppingCode => loadBytes(compileText(`(module ${text})`));

export interface Start {
  readonly args?: readonly Scalar[];
  readonly inputs?: Partial<Given>;
  readonly limits?: Partial<Limits>;
  readonly observer?: Observer;
}

export function start(code: SteppingCode, name: string, options: Start = {}): SteppingMachine {
  const machine = code.createMachine();
  const environment = environmentOf({ ...defaultLimits, ...options.limits }, options.inputs);
  const stop = machine.start({ name, args: options.args ?? [] }, environment, options.observer ?? null);
  if (stop !== null) throw new Error(`it ended at once: ${JSON.stringify(stop)}`);
  return machine;
}

export function runToEnd(machine: SteppingMachine, until: Until = {}): Stop & { readonly kind: 'end' } {
  for (;;) {
    const stop = machine.run(until);
    if (stop.kind === 'end') return stop;
  }
}
