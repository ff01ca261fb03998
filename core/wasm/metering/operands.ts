/**
 * Follows the operand stack of a function, and where the NaNs that it makes may go. One that only meets arithmetic
 * and comparisons, whose results don't depend on its bits, needs no fixed bits itself.
 */
import type { Instruction } from '../decode-instruction';
import { type InstructionInfo, op } from '../instructions';
import type { FunctionType, ValueType } from '../shape';

export interface Operands {
  readonly height: () => number;
  /** The greatest height so far. */
  readonly highest: () => number;
  /** Takes and gives what the table says of an instruction. */
  apply(instruction: Instruction): void;
  call(type: FunctionType): void;
  /** The operands from this height on go somewhere else, too. */
  show(height: number): void;
  /** What is above this height goes elsewhere; so many operands come from there. */
  cut(height: number, given: number): void;
  /** Offsets of instructions that may make a NaN whose bits can be told. */
  visibleNaNs(): ReadonlySet<number>;
}

/** A value in question: a local, by its index, or what an instruction made, by a number above those. */
type Source = number;
const other: Source = -1;

export function createOperands(locals: readonly (readonly [count: number, type: ValueType])[]): Operands {
  const floatLocals = markFloats(locals);
  const stack: Source[] = [];
  /** Where in the stack there is something else than `other` that wasn't shown yet, in order. */
  const open: number[] = [];
  const makers: number[] = [];
  const flowsInto = new Map<Source, Source[]>();
  const visible = new Set<Source>();
  let highest = 0;

  function push(source: Source): void {
    if (source !== other) open.push(stack.length);
    stack.push(source);
    if (stack.length > highest) highest = stack.length;
  }

  /** Each operand is shown once at the most: code may branch a million times over a million of them. */
  function show(height: number): void {
    for (let at = open.at(-1); at !== undefined && at >= height; at = open.at(-1)) {
      visible.add(stack[at] ?? other);
      open.pop();
    }
  }

  function shorten(height: number): void {
    while ((open.at(-1) ?? -1) >= height) open.pop();
    stack.length = height;
  }

  function setLocal(source: Source, local: number): void {
    if (source === other || floatLocals[local] !== 1) return;
    const known = flowsInto.get(local);
    if (known === undefined) flowsInto.set(local, [source]);
    else known.push(source);
  }

  function cut(height: number, given: number): void {
    show(height);
    shorten(height);
    for (let count = 0; count < given; count++) push(other);
  }

  return {
    height: () => stack.length,
    highest: () => highest,
    show,
    cut,
    call: ({ params, results }) => cut(stack.length - params.length, results.length),
    apply({ at, info, first }) {
      if (info.code === op.localGet) return push(floatLocals[first] === 1 ? first : other);
      if (info.code === op.localSet) {
        setLocal(stack.at(-1) ?? other, first);
        return shorten(stack.length - 1);
      }
      if (info.code === op.localTee) return setLocal(stack.at(-1) ?? other, first);
      const height = stack.length - info.takes.length;
      if (!isBlindToNaN(info)) show(height);
      shorten(height);
      if (info.mayMakeNaN) push(floatLocals.length + makers.push(at) - 1);
      else for (let count = info.gives.length; count > 0; count--) push(other);
    },
    visibleNaNs() {
      // A set visits what is added to it on the way.
      for (const source of visible) for (const from of flowsInto.get(source) ?? []) visible.add(from);
      return new Set(makers.filter((_, index) => visible.has(floatLocals.length + index)));
    },
  };
}

function markFloats(locals: readonly (readonly [count: number, type: ValueType])[]): Uint8Array {
  const marks = new Uint8Array(locals.reduce((sum, [count]) => sum + count, 0));
  let at = 0;
  for (const [count, type] of locals) {
    if (type === 'f32' || type === 'f64') marks.fill(1, at, at + count);
    at += count;
  }
  return marks;
}

/** Whether nothing that it does depends on the bits of a NaN it takes, but for the bits of one it makes. */
function isBlindToNaN({ code, mayMakeNaN, mayTrap, takes }: InstructionInfo): boolean {
  const isComparison = code >= op.f32Eq && code <= op.f64Ge;
  const isTruncation = mayTrap || (code >= op.i32TruncSatF32S && code <= op.i64TruncSatF64U);
  const takesFloatOnly = takes.length === 1 && (takes[0] === 'f32' || takes[0] === 'f64');
  return mayMakeNaN || isComparison || code === op.drop || (isTruncation && takesFloatOnly);
}
