/** One instance of metered code: made fresh, run, looked at. */
import type { Environment } from '../../environment/environment';
import { bindImports } from '../../imports/bind';
import { createImportCalls, resetCalls } from '../../imports/calls';
import { type Guest, OutOfGas } from '../../imports/guest';
import type { Observer } from '../../imports/trace';
import {
  type EngineFunction,
  type EngineValue,
  exportedFunction,
  exportedGlobal,
  exportedMemory,
  exportedTable,
  instantiate,
} from '../../wasm/engine';
import { largestGas, largestStack } from '../../wasm/metering/meter';
import type { WasmCode } from './code';
import { type LastOperands, stackOfError } from './traps';

export interface MeteredInstance extends LastOperands {
  /** Fills the meter, and makes memory and globals what they were in the new instance. */
  begin(environment: Environment, observer: Observer | null): void;
  /** The code's start function; it belongs to each run, for each sees a new instance. */
  readonly start: EngineFunction | null;
  readonly entry: (name: string) => EngineFunction;
  /** Negative when it ran out. */
  gasLeft(): number;
  /** The meter as the run left it. */
  meter(): bigint;
  /** Whether the run changed what `begin` can't undo. */
  isAltered(): boolean;
  /** The whole memory as the run left it; empty when there is none. */
  memory(): Uint8Array;
  /** The mutable globals as the run left them, by index. */
  globals(): ReadonlyMap<number, EngineValue>;
  /** The tables' entries as the run left them. */
  tables(): readonly (readonly EngineValue[])[];
  /** Offset, in the code as it was given, of the last call that may have led to an import. */
  callSite(): number;
}

/** Of code whose segments fit. Throws the engine's error when memory can't be had. */
export function createInstance(code: WasmCode, environment: Environment): MeteredInstance {
  const { privateExports: names, mayAlter } = code.metered;
  const guest: Guest = {
    environment,
    observer: null,
    calls: createImportCalls(),
    memory: () => memoryNow(),
    write: (address, bytes) => memoryNow().set(bytes, address),
    gasLeft: () => Number(left()),
    stack: () => stackOfError(new Error('taken for its stack'), code),
    charge(gas) {
      if (charge(gas) === 1) throw new OutOfGas();
    },
  };
  const instance = instantiate(code.module, bindImports(code.sets, guest));
  const begin = exportedFunction(instance, names.begin);
  const charge = exportedFunction(instance, names.charge);
  const left = exportedFunction(instance, names.left);
  const altered = exportedGlobal(instance, names.altered);
  const memory = names.memory === null ? null : exportedMemory(instance, names.memory);
  let view = memory === null ? noBytes : new Uint8Array(memory.buffer);
  const firstBytes = (code.firstBytes ??= view.slice(0, lengthWithoutZeros(view)));
  let isFresh = true;
  /** To ask the engine for an export takes longer than to call it. */
  const entryByName = new Map<string, EngineFunction>();

  function entry(name: string): EngineFunction {
    const known = entryByName.get(name);
    if (known !== undefined) return known;
    const found = exportedFunction(instance, name);
    entryByName.set(name, found);
    return found;
  }

  /** Growing detaches the buffer, which leaves the view empty. */
  function memoryNow(): Uint8Array {
    if (view.length === 0 && memory !== null) view = new Uint8Array(memory.buffer);
    return view;
  }

  return {
    begin(nextEnvironment, observer) {
      guest.environment = nextEnvironment;
      guest.observer = observer;
      resetCalls(guest.calls);
      if (!isFresh) {
        view.set(firstBytes);
        view.fill(0, firstBytes.length);
      }
      isFresh = false;
      const { gas, stack } = nextEnvironment.limits;
      begin(Math.min(gas, largestGas), Math.min(stack, largestStack));
    },
    start: names.start === null ? null : exportedFunction(instance, names.start),
    entry,
    gasLeft: () => Number(left()),
    meter: () => BigInt(String(exportedGlobal(instance, names.meter).value)),
    isAltered: () => mayAlter && altered.value === 1,
    memory: memoryNow,
    globals: () =>
      new Map(Array.from(names.globals, ([index, name]) => [index, exportedGlobal(instance, name).value])),
    tables: () =>
      names.tables.map((name) => {
        const table = exportedTable(instance, name);
        return Array.from({ length: table.length }, (_, index) => table.get(index));
      }),
    callSite: () => Number(exportedGlobal(instance, names.callSite).value),
    calleeWasEmpty(number) {
      const index = Number(exportedGlobal(instance, names.callee).value) >>> 0;
      const table = exportedTable(instance, names.tables[number] ?? '');
      return index < table.length && table.get(index) === null;
    },
    truncatedWasNaN: () => Number.isNaN(exportedGlobal(instance, names.truncated).value),
  };
}

const noBytes = new Uint8Array();

function lengthWithoutZeros(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}
