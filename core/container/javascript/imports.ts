/** The import sets as a script calls them: by number, with an exchange in place of an instance's whole memory. */
import { assert } from '../../base/result';
import type { Environment } from '../../environment/environment';
import { type BoundFunction, type WasmValue, bindImports } from '../../imports/bind';
import { createImportCalls, resetCalls } from '../../imports/calls';
import { type Guest, OutOfGas, Refusal } from '../../imports/guest';
import type { ImportSet, ScalarType } from '../../imports/import-set';
import { functionsOf } from '../../imports/javascript-binding';
import { importsToWasmType } from '../../imports/link';
import type { Observer } from '../../imports/trace';
import type { HostCall, ScriptInstance } from '../../javascript/sandbox';
import type { Places } from './places';

export interface ScriptImports {
  begin(environment: Environment, observer: Observer | null): void;
  /** Of the run that is on. */
  readonly call: HostCall;
}

interface NumberedFunction {
  readonly run: BoundFunction;
  readonly params: readonly ScalarType[];
  readonly result: ScalarType | null;
}

export function createImports(
  sets: readonly ImportSet[],
  environment: Environment,
  places: Places,
): ScriptImports {
  let exchange = 0;
  let instance: ScriptInstance | null = null;

  function running(): ScriptInstance {
    assert(instance !== null, 'imports are called by a script that runs');
    return instance;
  }

  /** Pointers count from the exchange. */
  const memory = (): Uint8Array => running().memory().subarray(exchange);
  const guest: Guest = {
    environment,
    observer: null,
    calls: createImportCalls(),
    memory,
    write: (address, bytes) => memory().set(bytes, address),
    gasLeft: () => running().gasLeft(),
    stack: () => places.positions(running().places()),
    charge(gas) {
      if (!running().charge(gas)) throw new OutOfGas();
    },
  };
  const bound = bindImports(sets, guest);
  const functions = functionsOf(sets).map(({ set, name, declared }): NumberedFunction => {
    const run = bound[set]?.[name];
    assert(run !== undefined, `${set}.${name} is bound`);
    const params = importsToWasmType(declared).params;
    return { run, params: params.filter(isScalarType), result: declared.result };
  });

  return {
    begin(nextEnvironment, observer) {
      guest.environment = nextEnvironment;
      guest.observer = observer;
      resetCalls(guest.calls);
    },
    call(at, script) {
      [exchange, instance] = [at, script];
      const view = viewOf(memory());
      const called = functions[view.getUint32(0, true)];
      if (called === undefined) throw new Refusal('refused', 'there is no such import');
      const raw = called.params.map((type, index) => read[type](view, firstParameter + 8 * index));
      const result = called.run(...raw);
      if (called.result !== null && result !== undefined) write[called.result](viewOf(memory()), result);
    },
  };
}

/** As `guest/exchange.js` lays it out, in bytes. */
const firstParameter = 16;

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, length);

const isScalarType = (type: string): type is ScalarType =>
  type === 'i32' || type === 'i64' || type === 'f32' || type === 'f64';

const read: Readonly<Record<ScalarType, (view: DataView, at: number) => WasmValue>> = {
  i32: (view, at) => view.getInt32(at, true),
  i64: (view, at) => view.getBigInt64(at, true),
  f32: (view, at) => Math.fround(view.getFloat64(at, true)),
  f64: (view, at) => view.getFloat64(at, true),
};

const write: Readonly<Record<ScalarType, (view: DataView, value: WasmValue) => void>> = {
  i32: (view, value) => view.setInt32(0, Number(value), true),
  i64: (view, value) => view.setBigInt64(0, BigInt(value), true),
  f32: (view, value) => view.setFloat64(0, Number(value), true),
  f64: (view, value) => view.setFloat64(0, Number(value), true),
};
