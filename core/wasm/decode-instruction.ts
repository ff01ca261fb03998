/** Reads one instruction after the other. */
import { type InstructionInfo, isMiscPrefix, miscInstruction, plainInstruction } from './instructions';
import { proposals } from './proposals';
import {
  type Reader,
  bounded,
  malformed,
  ofProposal,
  readByte,
  readBytes,
  readCount,
  readS32,
  readS33,
  readS64,
  readU32,
  readValueType,
  refuseType,
} from './reader';

/** The instruction that was read last. One object is filled again and again: a module has millions of them. */
export interface Instruction {
  /** Offset of its opcode. */
  at: number;
  /** Offset of what follows the opcode. */
  immediateAt: number;
  info: InstructionInfo;
  /**
   * The first immediate: an index, a label, an `i32`; for a memory access its alignment; for a block its type,
   * negative for a value type's code and {@link emptyBlock} for none. Longer constants are left in the bytes.
   */
  first: number;
  /** The second: a table, a memory's offset. */
  second: number;
  /** Of a `br_table`, the default last. */
  labels: number[];
}

/** The block type without parameters or results. */
export const emptyBlock = -64;

export function createInstruction(): Instruction {
  return { at: 0, immediateAt: 0, info: nop, first: 0, second: 0, labels: [] };
}

/** Throws a rejection for an opcode that isn't in the table, naming the proposal it belongs to. */
export function readInstruction(reader: Reader, into: Instruction): void {
  into.at = reader.at;
  const opcode = readByte(reader);
  const info = isMiscPrefix(opcode) ? miscInstruction(readU32(reader)) : plainInstruction(opcode);
  if (info === undefined) refuse(reader, into.at, opcode);
  into.info = info;
  into.immediateAt = reader.at;
  readImmediates(reader, into);
}

/** The instruction whose opcode is at an offset of code that was read before. */
export function instructionAt(bytes: Uint8Array, offset: number): Instruction {
  const instruction = createInstruction();
  readInstruction({ bytes, at: offset, end: bytes.length }, instruction);
  return instruction;
}

function readImmediates(reader: Reader, into: Instruction): void {
  switch (into.info.immediate) {
    case 'none':
      return;
    case 'label':
    case 'function':
    case 'local':
    case 'global':
    case 'table':
    case 'element':
    case 'data':
      into.first = readU32(reader);
      return;
    case 'memory':
      into.first = readAlignment(reader);
      into.second = readU32(reader);
      return;
    case 'i32':
      into.first = readS32(reader);
      return;
    case 'i64':
      readS64(reader);
      return;
    case 'f32':
      readBytes(reader, 4);
      return;
    case 'f64':
      readBytes(reader, 8);
      return;
    case 'block':
      into.first = readBlockType(reader);
      return;
    case 'type table':
    case 'element table':
    case 'table table':
      into.first = readU32(reader);
      into.second = readU32(reader);
      return;
    case 'data memory':
      into.first = readU32(reader);
      readOnlyMemory(reader);
      return;
    case 'memory index':
      readOnlyMemory(reader);
      return;
    case 'memory memory':
      readOnlyMemory(reader);
      readOnlyMemory(reader);
      return;
    case 'labels': {
      const at = reader.at;
      const count = readCount(reader);
      bounded(at, 'labels of a br_table', count);
      into.labels = Array.from({ length: count + 1 }, () => readU32(reader));
      return;
    }
    case 'types':
      for (let count = readCount(reader); count > 0; count--) readValueType(reader);
      return;
    case 'reference type': {
      const at = reader.at;
      const type = readByte(reader);
      into.first = type;
      if (type !== 0x70 && type !== 0x6f) {
        ofProposal(at, `ref.null of the heap type 0x${type.toString(16)}`, proposals.garbageCollection);
      }
      return;
    }
  }
}

/** The engine checks that it isn't greater than the access; greater ones also mark features of later proposals. */
function readAlignment(reader: Reader): number {
  const at = reader.at;
  const alignment = readU32(reader);
  if (alignment >= 64) ofProposal(at, 'an access to one of several memories', proposals.multiMemory);
  return alignment;
}

function readBlockType(reader: Reader): number {
  const at = reader.at;
  const type = readS33(reader);
  if (type >= 0 || type === emptyBlock) return type;
  if (reader.at - at > 1) malformed(at, 'a block type in more bytes than it needs');
  readValueType({ bytes: reader.bytes, at, end: reader.end });
  return type;
}

function readOnlyMemory(reader: Reader): void {
  const at = reader.at;
  if (readU32(reader) !== 0) ofProposal(at, 'the use of a second memory', proposals.multiMemory);
}

function refuse(reader: Reader, at: number, opcode: number): never {
  const hex = `0x${opcode.toString(16).padStart(2, '0')}`;
  if (opcode === 0xfe) return ofProposal(at, `an atomic instruction (${hex})`, proposals.threads);
  if (opcode === 0xfd) {
    const number = readU32(reader);
    const code = `${hex} 0x${number.toString(16)}`;
    return number >= 0x100
      ? ofProposal(at, `a relaxed vector instruction (${code})`, proposals.relaxedSimd)
      : ofProposal(at, `a vector instruction (${code})`, proposals.simd);
  }
  if (opcode === 0xfb) {
    return ofProposal(at, `an instruction on collected objects (${hex})`, proposals.garbageCollection);
  }
  if (isMiscPrefix(opcode)) return refuseMisc(reader, at, hex);
  if (exceptionOpcodes.has(opcode)) {
    return ofProposal(at, `an instruction on exceptions (${hex})`, proposals.exceptions);
  }
  if (typedReferenceOpcodes.has(opcode)) {
    return ofProposal(at, `an instruction on typed references (${hex})`, proposals.garbageCollection);
  }
  if (opcode >= 0xe0 && opcode <= 0xe6) {
    return ofProposal(at, `an instruction on continuations (${hex})`, proposals.stackSwitching);
  }
  return malformed(at, `${hex} is no instruction`);
}

/** The number after the prefix was read already. */
function refuseMisc(reader: Reader, at: number, hex: string): never {
  const number = readU32({ ...reader, at: at + 1 });
  const code = `${hex} 0x${number.toString(16)}`;
  return number >= 0x13 && number <= 0x16
    ? ofProposal(at, `an instruction on integers of 128 bits (${code})`, proposals.wideArithmetic)
    : malformed(at, `${code} is no instruction`);
}

const exceptionOpcodes = new Set([0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f]);
const typedReferenceOpcodes = new Set([0x14, 0x15, 0xd3, 0xd4, 0xd5, 0xd6]);

const nop: InstructionInfo = plainInstruction(0x01) ?? refuseType(0, 0);
