/**
 * The meter of a run: gas and stack that are left, in one i64, so that code carries both in one register. It is a
 * parameter and a result of every metered function, and is put into a global where something may look at it: before
 * what may trap, and around imports. From the high end: the sign, set when gas ran out; gas; a guard bit, set when
 * the stack ran out; 20 bits of stack.
 */
import { op } from '../instructions';
import { type Writer, writeByte, writeBytes, writeSigned, writeU32 } from '../writer';

const stackBits = 20;
const gasShift = stackBits + 1;

/** The most that a meter can hold. */
export const largestStack = 2 ** stackBits - 1;
export const largestGas = 2 ** (62 - gasShift);

/** Which of both ran out, by the value that was left in the global; gas comes first when it is both. */
export function whatRanOut(meter: bigint): 'gas' | 'stack' | null {
  if (meter < 0n) return 'gas';
  return (meter >> BigInt(stackBits)) & 1n ? 'stack' : null;
}

/** What a segment at a function's start takes, or any other with `slots` 0. Exact: a body has less than 2^32 bytes. */
export const meterOf = (gas: number, slots: number): number => gas * 2 ** gasShift + slots;

/** Where a function keeps its meter, and the global that others see it in. */
export interface MeterPlaces {
  readonly local: number;
  readonly global: number;
}

export function writeLocal(writer: Writer, opcode: number, index: number): void {
  writeByte(writer, opcode);
  writeU32(writer, index);
}

export function writeI64(writer: Writer, value: number): void {
  writeByte(writer, op.i64Const);
  writeSigned(writer, value);
}

/** Takes an amount from the meter; leaves it on the operand stack too when `keep` says so. */
export function writeTake(writer: Writer, { local }: MeterPlaces, amount: number, keep: boolean): void {
  if (amount === 0) {
    if (keep) writeLocal(writer, op.localGet, local);
    return;
  }
  writeLocal(writer, op.localGet, local);
  writeI64(writer, amount);
  writeByte(writer, op.i64Sub);
  writeLocal(writer, keep ? op.localTee : op.localSet, local);
}

/** Takes the i32 in a local, scaled, from the meter; leaves the meter on the operand stack too. */
export function writeTakeScaled(
  writer: Writer,
  places: MeterPlaces,
  amount: { readonly local: number; readonly shift: number },
): void {
  writeLocal(writer, op.localGet, places.local);
  writeLocal(writer, op.localGet, amount.local);
  writeByte(writer, op.i64ExtendI32U);
  if (amount.shift > 0) {
    writeI64(writer, amount.shift);
    writeByte(writer, op.i64ShrU);
  }
  writeI64(writer, gasShift + Math.max(0, -amount.shift));
  writeBytes(writer, Uint8Array.of(op.i64Shl, op.i64Sub));
  writeLocal(writer, op.localTee, places.local);
}

/** Consumes the meter that is on the operand stack; traps when gas, or at a function's start the stack, ran out. */
export function writeCheck(writer: Writer, places: MeterPlaces, isStart: boolean): void {
  writeBytes(writer, isStart ? testBoth : testGas);
  writeBytes(writer, ifTrue);
  writePublish(writer, places);
  writeBytes(writer, thenTrap);
}

/** Puts the meter where others see it. */
export function writePublish(writer: Writer, { local, global }: MeterPlaces): void {
  writeLocal(writer, op.localGet, local);
  writeLocal(writer, op.globalSet, global);
}

/** Leaves the meter on the operand stack as a function found it, but for the gas. */
export function writeGiveBack(writer: Writer, places: MeterPlaces, slots: number): void {
  writeLocal(writer, op.localGet, places.local);
  writeI64(writer, slots);
  writeByte(writer, op.i64Add);
}

/** Body of `(gas: f64, stack: i32) -> ()`: what fills the meter. */
export function writeFill(writer: Writer, global: number): void {
  writeLocal(writer, op.localGet, 0);
  writeByte(writer, op.i64TruncF64S);
  writeI64(writer, gasShift);
  writeByte(writer, op.i64Shl);
  writeLocal(writer, op.localGet, 1);
  writeBytes(writer, Uint8Array.of(op.i64ExtendI32U, op.i64Or));
  writeLocal(writer, op.globalSet, global);
}

/** Body of `(gas: f64) -> i32`: takes gas, answers 1 when there was not enough. */
export function writeCharge(writer: Writer, global: number): void {
  writeLocal(writer, op.globalGet, global);
  writeLocal(writer, op.localGet, 0);
  writeByte(writer, op.i64TruncF64S);
  writeI64(writer, gasShift);
  writeBytes(writer, Uint8Array.of(op.i64Shl, op.i64Sub));
  writeLocal(writer, op.globalSet, global);
  writeLocal(writer, op.globalGet, global);
  writeI64(writer, 0);
  writeByte(writer, op.i64LtS);
}

/** Body of `() -> f64`: the gas that is left, negative when it ran out. */
export function writeLeft(writer: Writer, global: number): void {
  writeLocal(writer, op.globalGet, global);
  writeI64(writer, gasShift);
  writeBytes(writer, Uint8Array.of(op.i64ShrS, op.f64ConvertI64S));
}

const voidBlock = 0x40;

const testGas = Uint8Array.of(op.i64Const, 0, op.i64LtS);
/** The sign and the guard bit: 0x8000_0000_0010_0000. */
// prettier-ignore
const testBoth = Uint8Array.of(
  op.i64Const, 0x80, 0x80, 0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f,
  op.i64And, op.i64Const, 0, op.i64Ne,
);
const ifTrue = Uint8Array.of(op.if, voidBlock);
const thenTrap = Uint8Array.of(op.unreachable, op.end);
