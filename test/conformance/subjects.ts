/** The containers that run wasm, as these tests look at them: run a function, then look at all that it left behind. */
import type { CodeFault, Entry, RunResult } from '../../core/container/container';
import { misfitToResult } from '../../core/container/misfit';
import { loadSteppingCode } from '../../core/container/wasm-stepping/load-stepping-code';
import { type TypedValue, typedToScalar } from '../../core/container/wasm-stepping/typed-value';
import { prepareCode } from '../../core/container/wasm/code';
import { type MeteredInstance, createInstance } from '../../core/container/wasm/instance';
import { runInstance } from '../../core/container/wasm/run';
import type { Misfit } from '../../core/wasm/segments';
import type { ImportSet } from '../../core/imports/import-set';
import { type Result, ok } from '../../core/base/result';
import { environmentOf, generousLimits } from './environment';

export interface Subject {
  readonly kind: string;
  load(bytes: Uint8Array, imports?: readonly ImportSet[]): Result<LoadedSubject, CodeFault>;
}

export interface LoadedSubject {
  readonly kind: string;
  /** In a fresh instance. */
  run(entry: Entry, gas: number): RunResult;
  /** All results of the last run, when it ended well; `null` where only a single one is told. */
  results(): readonly unknown[] | null;
  /** The whole memory as the last run left it; empty when there is none. */
  memory(): Uint8Array;
  /** The mutable globals as the last run left them, by index; any function for a reference to one. */
  globals(): ReadonlyMap<number, unknown>;
  tables(): readonly (readonly unknown[])[];
}

const wasm: Subject = {
  kind: 'wasm',
  load(bytes, imports = []) {
    const code = prepareCode(bytes, imports, generousLimits);
    if (!code.ok) return code;
    const { misfit } = code.value;
    if (misfit !== null) return ok(neverRun('wasm', misfit));
    let instance: MeteredInstance = createInstance(code.value, environmentOf(generousLimits));
    return ok({
      kind: 'wasm',
      run(entry, gas) {
        if (instance.isAltered()) instance = createInstance(code.value, environmentOf(generousLimits));
        const environment = environmentOf({ ...generousLimits, gas });
        return runInstance(instance, code.value, { entry, environment, observer: null });
      },
      results: () => null,
      memory: () => instance.memory(),
      globals: () => instance.globals(),
      tables: () => instance.tables(),
    });
  },
};

const stepping: Subject = {
  kind: 'wasm-stepping',
  load(bytes, imports = []) {
    const code = loadSteppingCode(bytes, imports, generousLimits);
    if (!code.ok) return code;
    const machine = code.value.createMachine();
    let results: readonly unknown[] = [];
    return ok({
      kind: 'wasm-stepping',
      run(entry, gas) {
        let stop = machine.start(entry, environmentOf({ ...generousLimits, gas }), null);
        while (stop?.kind !== 'end') stop = machine.run({});
        results = stop.results;
        return stop.result;
      },
      results: () => results,
      memory: () => machine.memory(0, machine.memorySize()),
      globals: () => new Map(machine.globals().map((value, index) => [index, toEngineValue(value)])),
      tables: () =>
        machine.tableSizes().map((size, index) => machine.table(index, 0, size).map(toEngineValue)),
    });
  },
};

/** Each test of conformance holds for all of them. */
export const subjects: readonly Subject[] = [wasm, stepping];

/** Of code whose segments don't fit. */
const neverRun = (kind: string, misfit: Misfit): LoadedSubject => ({
  kind,
  run: () => misfitToResult(misfit),
  results: () => null,
  memory: () => new Uint8Array(),
  globals: () => new Map(),
  tables: () => [],
});

function toEngineValue(value: TypedValue): unknown {
  if (value.type === 'funcref') return value.bits === 0n ? null : () => undefined;
  return typedToScalar(value);
}
