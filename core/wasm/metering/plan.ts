/** Cuts a function into the segments for which gas is charged, and finds what else its metering needs to know. */
import { assert } from '../../base/result';
import { type Instruction, createInstruction, emptyBlock, readInstruction } from '../decode-instruction';
import { type InstructionInfo, op } from '../instructions';
import type { FunctionBody, WasmModule } from '../module';
import type { Reader } from '../reader';
import type { FunctionType } from '../shape';
import { createOperands } from './operands';
import { gasOf, gasOfLocals, proportionOf, slotsOf } from './costs';

/**
 * A run of instructions that is entered only at its start. Its gas is charged there, whole, also when a trap in its
 * midst or a call that never returns cuts it short.
 */
export interface Segment {
  /** Offset of the first instruction. */
  readonly offset: number;
  readonly gas: number;
  /**
   * Whether a run that is out of gas is ended here: at the start of functions and loops, and often enough between.
   * Where in between changes no outcome: once out of gas, nothing that follows is kept or seen.
   */
  readonly check: boolean;
}

export interface FunctionPlan {
  /** In order of offset; the first one is the function's start. */
  readonly segments: readonly Segment[];
  /** Slots of stack a call takes. */
  readonly slots: number;
  /** Whether it ends anywhere but at its last instruction. */
  readonly endsEarly: boolean;
  /** Whether it computes with them so that metering needs a place to put one. */
  readonly usesFloats: { readonly f32: boolean; readonly f64: boolean };
  /** Offsets of the instructions whose NaNs must be given fixed bits. */
  readonly visibleNaNs: ReadonlySet<number>;
  readonly hasIndirectCalls: boolean;
  readonly hasProportional: boolean;
  readonly refersToFunctions: boolean;
  /** Whether it may change what only a fresh instance has: sizes, tables, dropped segments. */
  readonly mayAlter: boolean;
}

/** Gas that may be charged on the way from one check to the next. */
const mostUnchecked = 256;

/** Of a body in a module that is known to be valid. */
export function planFunction(module: WasmModule, body: FunctionBody): FunctionPlan {
  const type = typeAt(module, body.type);
  const reader: Reader = { bytes: module.bytes, at: body.code, end: body.end };
  const instruction = createInstruction();
  const found = {
    usesFloats: { f32: false, f64: false },
    hasIndirectCalls: false,
    hasProportional: false,
    refersToFunctions: false,
    mayAlter: false,
  };
  const segments: SegmentDraft[] = [];
  let segment = begin(body.code, true);
  segment.gas = gasOfLocals(body.localCount);
  const params = type.params.map((param) => [1, param] as const);
  const operands = createOperands([...params, ...body.locals]);
  const functionLabel: Label = {
    opcode: op.block,
    height: 0,
    params: 0,
    results: type.results.length,
    targeted: false,
  };
  const labels = [functionLabel];

  function begin(offset: number, check: boolean): SegmentDraft {
    const begun = { offset, gas: 0, check };
    segments.push(begun);
    return begun;
  }

  function labelAt(depth: number): Label {
    const label = labels.at(-1 - depth);
    assert(label !== undefined, 'a branch in valid code has its label');
    return label;
  }

  function target(depth: number): void {
    const label = labelAt(depth);
    label.targeted = true;
    operands.show(label.height);
  }

  function closeLabel(): void {
    const label = labelAt(0);
    labels.pop();
    operands.cut(label.height, label.results);
  }

  function leaveDeadCode(): void {
    skipDeadCode(reader, instruction);
    if (instruction.info.code === op.else) operands.cut(labelAt(0).height, labelAt(0).params);
    else closeLabel();
    if (reader.at < reader.end) segment = begin(reader.at, false);
  }

  while (reader.at < reader.end) {
    readInstruction(reader, instruction);
    const { info } = instruction;
    segment.gas += gasOf(info);
    operands.apply(instruction);
    note(instruction);
    switch (info.code) {
      case op.block:
      case op.loop:
      case op.if: {
        const { params, results } = blockArity(module, instruction.first);
        const height = operands.height() - params;
        operands.show(height);
        labels.push({ opcode: info.code, height, params, results, targeted: false });
        if (info.code !== op.block) segment = begin(reader.at, info.code === op.loop);
        break;
      }
      case op.else:
        operands.cut(labelAt(0).height, labelAt(0).params);
        segment = begin(reader.at, false);
        break;
      case op.end: {
        const { opcode, targeted } = labelAt(0);
        closeLabel();
        const isMerge = opcode === op.if || (opcode === op.block && targeted);
        if (isMerge && reader.at < reader.end) segment = begin(reader.at, false);
        break;
      }
      case op.brIf:
        target(instruction.first);
        segment = begin(reader.at, false);
        break;
      case op.br:
        target(instruction.first);
        leaveDeadCode();
        break;
      case op.brTable:
        for (const depth of instruction.labels) target(depth);
        leaveDeadCode();
        break;
      case op.return:
        target(labels.length - 1);
        leaveDeadCode();
        break;
      case op.returnCall:
      case op.returnCallIndirect:
        operands.show(0);
        leaveDeadCode();
        break;
      case op.unreachable:
        leaveDeadCode();
        break;
      case op.call:
        operands.call(typeAt(module, module.functionTypes[instruction.first]));
        break;
      case op.callIndirect:
        operands.call(typeAt(module, instruction.first));
        break;
    }
  }

  function note({ info }: Instruction): void {
    if (info.mayMakeNaN) found.usesFloats[info.gives[0] === 'f32' ? 'f32' : 'f64'] = true;
    if (isTruncation(info)) found.usesFloats[info.takes[0] === 'f32' ? 'f32' : 'f64'] = true;
    if (info.immediate === 'type table') found.hasIndirectCalls = true;
    if (info.code === op.refFunc) found.refersToFunctions = true;
    if (proportionOf.has(info.code)) found.hasProportional = true;
    if (alteringOpcodes.has(info.code)) found.mayAlter = true;
  }

  checkOftenEnough(segments);
  return {
    ...found,
    segments,
    visibleNaNs: operands.visibleNaNs(),
    slots: slotsOf(type, body.localCount, operands.highest()),
    endsEarly: functionLabel.targeted,
  };
}

/** Skips to the `else` or `end` that closes the block in which code can't go on, and leaves it in `instruction`. */
export function skipDeadCode(reader: Reader, instruction: Instruction): void {
  for (let nested = 0; ;) {
    readInstruction(reader, instruction);
    if (instruction.info.immediate === 'block') nested++;
    else if (nested === 0 && (instruction.info.code === op.else || instruction.info.code === op.end)) return;
    else if (instruction.info.code === op.end) nested--;
  }
}

/** Whether it turns a float into an integer and traps when it can't. */
export const isTruncation = ({ mayTrap, takes }: InstructionInfo): boolean =>
  mayTrap && (takes[0] === 'f32' || takes[0] === 'f64');

/** Instructions after which an instance can't be made fresh again. */
export const alteringOpcodes: ReadonlySet<number> = new Set<number>([
  op.memoryGrow,
  op.tableGrow,
  op.tableSet,
  op.tableFill,
  op.tableCopy,
  op.tableInit,
  op.elemDrop,
  op.dataDrop,
]);

export function typeAt(module: WasmModule, index: number | undefined): FunctionType {
  const type = module.types[index ?? -1];
  assert(type !== undefined, 'a type index in valid code has its type');
  return type;
}

type SegmentDraft = { -readonly [Key in keyof Segment]: Segment[Key] };

/** On any way without a loop, segments are passed in order; so the sum over all bounds what one way leaves unchecked. */
function checkOftenEnough(segments: readonly SegmentDraft[]): void {
  let unchecked = 0;
  for (const segment of segments) {
    unchecked += segment.gas;
    if (unchecked > mostUnchecked) segment.check = true;
    if (segment.check) unchecked = 0;
  }
}

interface Label {
  readonly opcode: number;
  readonly height: number;
  readonly params: number;
  readonly results: number;
  targeted: boolean;
}

function blockArity(
  module: WasmModule,
  blockType: number,
): { readonly params: number; readonly results: number } {
  if (blockType === emptyBlock) return { params: 0, results: 0 };
  if (blockType < 0) return { params: 0, results: 1 };
  const { params, results } = typeAt(module, blockType);
  return { params: params.length, results: results.length };
}
