/**
 * One run of code that can be stopped at any instruction, looked at, changed, kept and gone back to. It never waits:
 * `run` returns when it stops, and all there is to know of the run is then in the machine.
 *
 * An instruction is one that does something: all but `block`, `loop`, `else` and `end`. The machine stands before one
 * of them, with what structure led there done; the instruction count is the number of those that were executed, so
 * that each moment of a run has a number, the same one in every run of the same message.
 */
import type { Disposable } from '../../base/disposal';
import type { Hash } from '../../base/hash';
import type { Answer } from '../../environment/answer';
import type { Environment } from '../../environment/environment';
import type { ImportSet } from '../../imports/import-set';
import type { CodePosition } from '../../environment/outcome';
import type { Observer, TracedArgument } from '../../imports/trace';
import type { ModuleNames } from '../../wasm/names';
import type { Entry } from '../container';
import type { Breakpoint, Breakpoints, Stop, Until } from './stop';
import type { TypedValue } from './typed-value';

/** Code that machines run: checked, translated, and with a map of its instructions. `loadSteppingCode` makes it. */
export interface SteppingCode {
  /** Of functions, parameters, locals, tables and globals, where the module has them. */
  readonly names: ModuleNames;
  /** All that it may import from. */
  readonly sets: readonly ImportSet[];
  /** Offsets of a function's instructions in order; none for an imported function. */
  instructions(functionIndex: number): Int32Array;
  /**
   * The instruction at this offset of the module, or the first after it in the same function; `null` when there is
   * none, as in code that can't be reached.
   */
  instructionFrom(offset: number): CodePosition | null;
  /** Each has a memory of its own; dispose it when it is no longer needed, so that it can be used again. */
  createMachine(): SteppingMachine;
}

export interface SteppingMachine extends Disposable {
  /**
   * Makes all fresh and stands before the first instruction, of the code's start function when it has one. The
   * environment collects what the run does. Gives an `end` when there is no instruction to stand before: a segment
   * doesn't fit, or the entry is an import that is exported again.
   */
  start(entry: Entry, environment: Environment, observer: Observer | null): Stop | null;
  /** Runs on. Only between `start` or `restore` and the end. */
  run(until: Until): Stop;
  breakpoints(list: readonly Breakpoint[]): Breakpoints;

  position(): MachinePosition;
  /** That of its position. Costs next to nothing. */
  readonly count: number;
  /** The run's environment as it is now. */
  readonly environment: Environment;
  /** The call of an import that is the next instruction; `null` when that is none. */
  nextImport(): NextImport | null;
  /** Whom calls of imports are shown from now on, in place of whom `start` was given. */
  observe(observer: Observer | null): void;
  /** Calls of imports so far, in all and of `set.function`; the next call of it has this number. */
  importCalls(qualified?: string): number;

  /** Calls that are on, innermost first: `count` of them from the one at `first` on. */
  frames(first: number, count: number): readonly Frame[];
  /** By index, immutable ones too. */
  globals(): readonly TypedValue[];
  /** Entries that each table has. */
  tableSizes(): readonly number[];
  table(index: number, first: number, count: number): readonly TypedValue[];
  memorySize(): number;
  /** A copy; shorter where the memory ends. */
  memory(address: number, length: number): Uint8Array;

  /** `frame` is a place in `frames`; bits beyond the type's size are dropped. All three throw when there is none. */
  setLocal(frame: number, local: number, bits: bigint): void;
  setOperand(frame: number, operand: number, bits: bigint): void;
  setGlobal(index: number, bits: bigint): void;
  /** Throws when it doesn't fit. */
  setMemory(address: number, bytes: Uint8Array): void;
  /** One more answer by hand, before those of the environment, for this and later calls of the run. */
  addAnswer(answer: Answer): void;

  /** All there is, for `restore`; what did not change since the last one is shared with it. */
  snapshot(): Snapshot;
  /** A part of the memory as it was at a moment: a copy, shorter where that memory ended. */
  memoryAt(snapshot: Snapshot, address: number, length: number): Uint8Array;
  /** Bytes that a snapshot holds beside those it shares with another one; all that it holds for `null`. */
  bytesBeyond(snapshot: Snapshot, other: Snapshot | null): number;
  /** Goes to that moment, in any direction. Only one that a machine of the same code made, in a run of any entry. */
  restore(snapshot: Snapshot): void;
  /** Of memory, globals, tables, frames and operands, position and gas: equal when, and only when, all of it is. */
  digest(): Hash;
}

export interface MachinePosition extends CodePosition {
  /** Instructions executed since the start. */
  readonly count: number;
  /** Calls that are on; 1 in the entry. */
  readonly depth: number;
  /** As the code would be told: what the current segment costs is taken. */
  readonly gasLeft: number;
}

/** A call of an import that is about to be made. */
export interface NextImport {
  readonly set: string;
  readonly name: string;
  readonly args: readonly TracedArgument[];
}

/** One call that is on. */
export interface Frame {
  /** Of the innermost the next instruction, of others the call that they are in. */
  readonly position: CodePosition;
  /** Parameters first. */
  readonly locals: readonly TypedValue[];
  /** The last one is on top; without those that were passed to the callee. */
  readonly operands: readonly TypedValue[];
}

/** A moment of a run. Nothing that happens later changes it. */
export interface Snapshot {
  readonly count: number;
  /** Calls of imports before it. */
  readonly importCalls: number;
  /** Bytes that it holds beside those it shares with the snapshot before it. */
  readonly byteLength: number;
}
