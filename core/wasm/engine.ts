/** The engine's own WebAssembly, typed as far as it is used. No other file names it. */
import { fault } from '../base/fault';
import { type Result, assert, err, ok } from '../base/result';
import type { WasmFault } from './shape';

declare const moduleBrand: unique symbol;

/** Compiled code. */
export interface EngineModule {
  readonly [moduleBrand]: true;
}

/** A value as it crosses the border: i64 as bigint, the other numbers as number, references as anything. */
export type EngineValue = unknown;

export type EngineFunction = (...args: readonly EngineValue[]) => EngineValue;

export interface EngineMemory {
  readonly buffer: ArrayBuffer;
  /** By pages of 64 KiB. Throws a `RangeError` when they can't be had. */
  grow(pages: number): number;
}

export interface EngineGlobal {
  /** Throws a `TypeError` when it is set and isn't mutable. */
  value: EngineValue;
}

export interface EngineTable {
  readonly length: number;
  get(index: number): EngineValue;
}

/** By module and name. The engine calls them with values of the types that the module declares. */
export type EngineImports = Readonly<
  Record<string, Readonly<Record<string, (...args: readonly never[]) => EngineValue>>>
>;

export interface EngineInstance {
  readonly exports: Readonly<Record<string, EngineFunction | EngineMemory | EngineGlobal | EngineTable>>;
}

interface WasmEngine {
  readonly Module: new (bytes: Uint8Array) => EngineModule;
  readonly Instance: new (module: EngineModule, imports: EngineImports) => EngineInstance;
  readonly CompileError: new () => Error;
  readonly RuntimeError: new () => Error;
  validate(bytes: Uint8Array): boolean;
}

/** Whether the bytes are a valid module by the engine's judgement; its words and offset when they aren't. */
export function validate(bytes: Uint8Array): Result<null, WasmFault> {
  if (engine().validate(bytes)) return ok(null);
  const compiled = compile(bytes);
  return compiled.ok
    ? err(fault('invalid-code', 'the engine refuses this module'))
    : err({ ...compiled.error, code: 'invalid-code' });
}

/** A fault when the engine can't take the code, valid or not: it has limits of its own. */
export function compile(bytes: Uint8Array): Result<EngineModule, WasmFault> {
  try {
    return ok(new (engine().Module)(bytes));
  } catch (error) {
    if (error instanceof engine().CompileError || error instanceof RangeError) {
      return err(compileErrorToFault(error.message));
    }
    throw error;
  }
}

/** Throws what the engine throws: a trap of an active segment, no memory left. */
export const instantiate = (module: EngineModule, imports: EngineImports): EngineInstance =>
  new (engine().Instance)(module, imports);

export function exportedFunction({ exports }: EngineInstance, name: string): EngineFunction {
  const found = exports[name];
  assert(typeof found === 'function', `the instance exports the function ${name}`);
  return found;
}

export function exportedMemory({ exports }: EngineInstance, name: string): EngineMemory {
  const found = exports[name];
  assert(found !== undefined && 'buffer' in found, `the instance exports the memory ${name}`);
  return found;
}

export function exportedGlobal({ exports }: EngineInstance, name: string): EngineGlobal {
  const found = exports[name];
  assert(found !== undefined && 'value' in found, `the instance exports the global ${name}`);
  return found;
}

export function exportedTable({ exports }: EngineInstance, name: string): EngineTable {
  const found = exports[name];
  assert(found !== undefined && 'get' in found, `the instance exports the table ${name}`);
  return found;
}

/** Whether an error is a trap of running code. */
export const isTrap = (error: unknown): error is Error => error instanceof engine().RuntimeError;

/** Whether an error says that the engine's own stack is used up. */
export const isStackOverflow = (error: unknown): error is Error =>
  error instanceof RangeError && error.message.includes('call stack');

/** Runs with room for deep stacks in errors, which the engine otherwise cuts at ten frames. */
export function withDeepStacks<T>(run: () => T): T {
  const usual: unknown = Reflect.get(Error, 'stackTraceLimit');
  Reflect.set(Error, 'stackTraceLimit', deepestStack);
  try {
    return run();
  } finally {
    Reflect.set(Error, 'stackTraceLimit', usual);
  }
}

const deepestStack = 64;

/** A plain string, so that the types of any one host aren't mixed in. */
const engineName: string = 'WebAssembly';

const engine = (): WasmEngine => {
  const found: WasmEngine | undefined = Reflect.get(globalThis, engineName);
  assert(found !== undefined, 'this JavaScript engine runs WebAssembly');
  return found;
};

/** `WebAssembly.Module(): Compiling function #0 failed: … @+35` */
function compileErrorToFault(message: string): WasmFault {
  const [, words = message, offset] = /^(?:WebAssembly\.\w+\(\): )?(.*?)(?: @\+(\d+))?$/s.exec(message) ?? [];
  return fault(
    'unsupported-code',
    words,
    offset === undefined ? {} : { position: { offset: Number(offset) } },
  );
}
