/** One instance of the interpreter, with the memory in which code, state and the guest's memory lie. */
import { assert } from '../../base/result';
import { type EngineModule, compile, exportedFunction, exportedMemory, instantiate } from '../../wasm/engine';
import code from './assembly/interpreter.ts?assemblyscript';
import type { Status } from './operations';

/** Addresses are those of the layout and of `Register`. The views are good until the memory grows. */
export interface Interpreter {
  /** Runs from the state in the registers on; `first` is the operation to begin with, whatever stands at its place. */
  run(first: number): Status;
  /** Counts a pass of the breakpoint whose record is there; whether it is one that stops. */
  passes(breakpoint: number): boolean;
  bytes(): Uint8Array;
  /** A word of 32 bits, signed. */
  word(address: number): number;
  setWord(address: number, value: number): void;
  /** 64 bits, for numbers that are safe integers. */
  long(address: number): number;
  setLong(address: number, value: number): void;
  /** 64 bits, unsigned. */
  bits(address: number): bigint;
  setBits(address: number, value: bigint): void;
  /** Makes room for so many bytes in all. Throws a `RangeError` when they can't be had. */
  reserve(bytes: number): void;
}

export function compileInterpreter(): EngineModule {
  const module = compile(code);
  assert(module.ok, 'the engine takes the interpreter');
  return module.value;
}

export function createInterpreter(module: EngineModule): Interpreter {
  const instance = instantiate(module, {});
  const memory = exportedMemory(instance, 'memory');
  const run = exportedFunction(instance, 'run');
  const passes = exportedFunction(instance, 'passes');
  let bytes = new Uint8Array(memory.buffer);
  let words = new Int32Array(memory.buffer);
  let longs = new BigUint64Array(memory.buffer);

  /** Growing detaches the buffer, which leaves the views empty. */
  function refresh(): void {
    if (bytes.length > 0) return;
    bytes = new Uint8Array(memory.buffer);
    words = new Int32Array(memory.buffer);
    longs = new BigUint64Array(memory.buffer);
  }

  return {
    run(first) {
      const status = Number(run(first));
      refresh();
      return status;
    },
    passes: (breakpoint) => passes(breakpoint) === 1,
    bytes: () => bytes,
    word: (address) => words[address >>> 2] ?? 0,
    setWord: (address, value) => void (words[address >>> 2] = value),
    long: (address) => ((words[address >>> 2] ?? 0) >>> 0) + 2 ** 32 * (words[(address >>> 2) + 1] ?? 0),
    setLong: (address, value) => void (longs[address >>> 3] = BigInt(value)),
    bits: (address) => longs[address >>> 3] ?? 0n,
    setBits: (address, value) => void (longs[address >>> 3] = value),
    reserve(wanted) {
      const missing = Math.ceil((wanted - bytes.length) / 2 ** 16);
      if (missing <= 0) return;
      memory.grow(missing);
      refresh();
    },
  };
}
