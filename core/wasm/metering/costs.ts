/**
 * What running costs, in gas and in stack. Every machine that runs wasm charges by this file and by the segments of
 * `plan.ts`, so that all of them come to the same total.
 */
import { type InstructionInfo, op } from '../instructions';
import type { FunctionType } from '../shape';

/** Growing costs an engine a call, even by nothing. */
const growthGas = 100;

/** One unit for each instruction; what only marks structure is free. */
export function gasOf({ code }: InstructionInfo): number {
  if (code === op.memoryGrow || code === op.tableGrow) return growthGas;
  return code === op.block || code === op.loop || code === op.else || code === op.end ? 0 : 1;
}

/** A call must clear the callee's locals: one unit for so many of them, charged with its first segment. */
const localsPerGas = 8;

export const gasOfLocals = (locals: number): number => Math.ceil(locals / localsPerGas);

/** Gas in proportion to an operand: `amount >>> shift`, or `amount << shift` when `shift` is negative. */
export interface Proportion {
  readonly shift: number;
  /** Whether it may be denied by -1, and is free then. */
  readonly isGrowth: boolean;
}

const bytes: Proportion = { shift: 3, isGrowth: false };
const entries: Proportion = { shift: -3, isGrowth: false };

/** For instructions whose work depends on their last operand: bytes, pages or table entries. Charged once it is done. */
export const proportionOf: ReadonlyMap<number, Proportion> = new Map<number, Proportion>([
  [op.memoryFill, bytes],
  [op.memoryCopy, bytes],
  [op.memoryInit, bytes],
  [op.memoryGrow, { shift: -10, isGrowth: true }],
  [op.tableFill, entries],
  [op.tableCopy, entries],
  [op.tableInit, entries],
  [op.tableGrow, { shift: -3, isGrowth: true }],
]);

/** Stack that a call takes beside its values: where to return to, what to restore. */
const slotsOfCall = 8;

/** More than any stack has: what takes so much can't be called. The meter has no room for a greater number. */
const mostSlots = 2 ** 20;

/**
 * Slots of 8 bytes that a call of a function takes until it returns. Parameters and results count twice: they are
 * kept, and passed.
 */
export const slotsOf = (type: FunctionType, locals: number, operands: number): number =>
  Math.min(mostSlots, slotsOfCall + 2 * (type.params.length + type.results.length) + locals + operands);
