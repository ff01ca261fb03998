/** One instance of QuickJS, metered, whose memory can be kept and put back: what all JavaScript runs in. */
import { importNames, meterExports, readCode } from 'virtual:quickjs';
import { bytesToText, textToBytes } from '../base/bytes';
import { assert } from '../base/result';
import {
  type EngineFunction,
  type EngineImports,
  type EngineModule,
  compile,
  exportedFunction,
  exportedGlobal,
  exportedMemory,
  instantiate,
} from '../wasm/engine';
import { largestGas, largestStack, meterOf, whatRanOut } from '../wasm/metering/meter';

/** An address in the instance's memory. */
export type Pointer = number;

/** Functions of QuickJS's interface; the names are its own. */
export type QuickJsFunction =
  | 'free'
  | 'malloc'
  | 'QTS_ArgvGetJSValueConstPointer'
  | 'QTS_Call'
  | 'QTS_Dump'
  | 'QTS_Eval'
  | 'QTS_ExecutePendingJob'
  | 'QTS_FreeCString'
  | 'QTS_GetFloat64'
  | 'QTS_GetGlobalObject'
  | 'QTS_GetProp'
  | 'QTS_GetString'
  | 'QTS_GetUndefined'
  | 'QTS_IsJobPending'
  | 'QTS_NewArrayBuffer'
  | 'QTS_NewContext'
  | 'QTS_NewFunction'
  | 'QTS_NewRuntime'
  | 'QTS_NewString'
  | 'QTS_ResolveException'
  | 'QTS_RuntimeEnableModuleLoader'
  | 'QTS_RuntimeSetMaxStackSize'
  | 'QTS_RuntimeSetMemoryLimit'
  | 'QTS_SetProp';

/** What code in the instance reaches of the outside. */
export interface Hooks {
  /** The full name of what a module imports. */
  readonly resolve: (specifier: string, importer: string) => string;
  /** The text of a module by its full name; `null` when there is none. */
  readonly source: (name: string) => string | null;
  /**
   * The call of the host's one function, with a buffer that it made and a value. The result is a value, or 0 for none.
   * What it throws ends the run.
   */
  readonly call: (exchange: Pointer, value: Pointer) => Pointer;
}

export interface Meter {
  readonly gas: number;
  /** Slots of 8 bytes. */
  readonly stack: number;
  /** Bytes of the heap. */
  readonly memory: number;
}

/** All that a memory holds but for the stack, which is empty between calls. */
export interface Image {
  readonly data: Uint8Array;
  readonly heap: Uint8Array;
}

export interface QuickJs {
  /** The memory as it is in an instance that nothing was run in. */
  readonly fresh: Image;
  /** Makes the memory that of the image, fills the meter, and says what the outside is. */
  begin(image: Image, meter: Meter, hooks: Hooks): void;
  /** Runs what the code has to run once, after it has begun fresh. */
  initialise(): void;
  /** The memory as it is now. */
  keep(): Image;
  /** Calls a function; 0 for one without a result. */
  call(name: QuickJsFunction, ...args: readonly number[]): number;
  /** The whole memory as it is now; good until the next call, which may make it grow. */
  memory(): Uint8Array;
  /** 32 bits, signed. */
  word(at: Pointer): number;
  setWord(at: Pointer, value: number): void;
  /** The number that a value of QuickJS is. */
  number(context: Pointer, value: Pointer): number;
  /** UTF-8 that ends with a zero. */
  text(at: Pointer): string;
  /** A new block with the text and a zero behind it. It is never freed, for the memory is put back. */
  putText(text: string): Pointer;
  /** A new value of QuickJS with this text, in which is no zero. */
  newText(context: Pointer, text: string): Pointer;
  /** Negative when it ran out. */
  gasLeft(): number;
  /** Takes gas; `false` when there was not enough. */
  charge(gas: number): boolean;
  whatRanOut(): 'gas' | 'stack' | null;
  /** Looks at the run that is on, with gas and stack of its own, and leaves all as it was. */
  aside<T>(act: () => T): T;
  /** Whether the memory grew, which can't be undone. */
  isGrown(): boolean;
}

export function compileQuickJs(): EngineModule {
  const module = compile(readCode());
  assert(module.ok, 'the engine takes QuickJS');
  return module.value;
}

/** The module's memory is data, then this stack, which grows down from where the heap begins, then the heap. */
const stackBytes = 5 << 20;

export function createQuickJs(module: EngineModule): QuickJs {
  let hooks = closedHooks;
  let mostBytes = 0;
  const instance = instantiate(module, { a: bindImports() });
  const memory = exportedMemory(instance, meterExports.memory);
  const fill = exportedFunction(instance, meterExports.begin);
  const left = exportedFunction(instance, meterExports.left);
  const take = exportedFunction(instance, meterExports.charge);
  const meter = exportedGlobal(instance, meterExports.meter);
  const functions = new Map<string, EngineFunction>();
  const firstLength = memory.buffer.byteLength;
  let bytes = new Uint8Array(memory.buffer);
  let words = new Uint32Array(memory.buffer);
  const stackPointer = exportedGlobal(instance, meterExports.stackPointer);
  const heapStart = Number(stackPointer.value);
  const stackStart = heapStart - stackBytes;
  let usedStack = 0;
  const heapEndAt = heapEndPlace(words, heapStart);

  function refresh(): void {
    bytes = new Uint8Array(memory.buffer);
    words = new Uint32Array(memory.buffer);
  }

  const heapEnd = (): number => words[heapEndAt] ?? 0;

  /** A buffer that begins with its own address. Given a negative number, the host's one function makes one. */
  function newBuffer(context: Pointer, length: number): Pointer {
    const at = Number.isInteger(length) && length <= mostBytes ? quickjs.call('malloc', length) : 0;
    if (at === 0) return 0;
    bytes.fill(0, at, at + length);
    words[at >>> 2] = at;
    return quickjs.call('QTS_NewArrayBuffer', context, at, length);
  }

  function bindImports(): EngineImports[string] {
    const given: EngineImports[string] = {
      callFunction(context: Pointer, _self: Pointer, _count: number, args: Pointer) {
        const first = quickjs.number(context, quickjs.call('QTS_ArgvGetJSValueConstPointer', args, 0));
        if (first < 0) return newBuffer(context, -first);
        return hooks.call(first, quickjs.call('QTS_ArgvGetJSValueConstPointer', args, 1));
      },
      normalizeModule: (_runtime: Pointer, _context: Pointer, importer: Pointer, name: Pointer) =>
        quickjs.putText(hooks.resolve(quickjs.text(name), quickjs.text(importer))),
      loadModuleSource(_runtime: Pointer, _context: Pointer, name: Pointer) {
        const source = hooks.source(quickjs.text(name));
        return source === null ? 0 : quickjs.putText(source);
      },
      resizeHeap(wanted: number) {
        if (wanted >>> 0 > mostBytes) return 0;
        try {
          memory.grow(Math.ceil(((wanted >>> 0) - memory.buffer.byteLength) / 2 ** 16));
        } catch (error) {
          if (error instanceof RangeError) return 0;
          throw error;
        }
        refresh();
        return 1;
      },
    };
    // Clock, files and environment: there are none.
    return Object.fromEntries(importNames.map((name) => [name, given[name] ?? (() => noSuchThing)]));
  }

  function functionOf(name: QuickJsFunction): EngineFunction {
    const known = functions.get(name);
    if (known !== undefined) return known;
    const found = exportedFunction(instance, name);
    functions.set(name, found);
    return found;
  }

  const keep = (): Image => ({
    data: bytes.slice(0, stackStart),
    heap: withoutZeros(bytes.subarray(heapStart, heapEnd())),
  });

  const quickjs: QuickJs = {
    fresh: keep(),
    begin(image, { gas, stack, memory: heap }, nextHooks) {
      hooks = nextHooks;
      mostBytes = heapStart + heap + heapSlack;
      const end = heapEnd();
      bytes.set(image.data);
      bytes.fill(0, image.data.length, stackStart);
      bytes.fill(0, Math.max(stackStart, heapStart - usedStack), heapStart);
      usedStack = stack + stackSlack;
      bytes.set(image.heap, heapStart);
      bytes.fill(0, Math.min(heapStart + image.heap.length, end), end);
      fill(Math.min(gas, largestGas), Math.min(stack, largestStack));
    },
    initialise() {
      exportedFunction(instance, meterExports.start)();
      exportedFunction(instance, constructors)();
    },
    keep,
    call(name, ...args) {
      const result = functionOf(name)(...args);
      return typeof result === 'number' ? result : 0;
    },
    memory: () => bytes,
    number: (context, value) => Number(functionOf('QTS_GetFloat64')(context, value)),
    word: (at) => (words[at >>> 2] ?? 0) | 0,
    setWord: (at, value) => void (words[at >>> 2] = value),
    text: (at) => bytesToText(bytes.subarray(at, bytes.indexOf(0, at))),
    putText(text) {
      const encoded = textToBytes(text);
      const at = quickjs.call('malloc', encoded.length + 1);
      bytes.set(encoded, at);
      bytes[at + encoded.length] = 0;
      return at;
    },
    newText(context, text) {
      const at = quickjs.putText(text);
      const value = quickjs.call('QTS_NewString', context, at);
      quickjs.call('free', at);
      return value;
    },
    gasLeft: () => Number(left()),
    charge: (gas) => take(gas) === 0,
    whatRanOut: () => whatRanOut(BigInt(String(meter.value))),
    aside(act) {
      const used = Number(stackPointer.value);
      const before = {
        data: bytes.slice(0, stackStart),
        used: bytes.slice(used, heapEnd()),
        meter: meter.value,
      };
      meter.value = BigInt(meterOf(gasAside, largestStack));
      try {
        return act();
      } finally {
        const end = heapEnd();
        const usedEnd = used + before.used.length;
        bytes.set(before.data);
        bytes.set(before.used, used);
        bytes.fill(0, Math.min(usedEnd, end), end);
        stackPointer.value = used;
        meter.value = before.meter;
      }
    },
    isGrown: () => memory.buffer.byteLength > firstLength,
  };
  return quickjs;
}

const closedHooks: Hooks = {
  resolve: (specifier) => specifier,
  source: () => null,
  call: () => 0,
};

/** The one function that kept its short name. */
const constructors = 'u';

/** What the interpreter and the allocator need beside what they count as a script's. */
const heapSlack = 4 << 20;

/** How far the stack may go beyond the bytes of its limit, which not every function looks at. */
const stackSlack = 1 << 20;

/** WASI's number for the error. */
const noSuchThing = 52;

/** As much as fits into a meter that is made from a number. */
const gasAside = 2 ** 30;

/** Where the end of the heap is kept: of the data that the code comes with, the one word that says where it begins. */
function heapEndPlace(words: Uint32Array, heapStart: Pointer): number {
  const place = words.indexOf(heapStart);
  assert(place >= 0 && words.lastIndexOf(heapStart) === place, 'one word holds the end of the heap');
  return place;
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return bytes.slice(0, length);
}
