/** Constant expressions: what globals, segments and their offsets begin as. */
import { assert } from '../base/result';
import { createInstruction, readInstruction } from './decode-instruction';
import { op } from './instructions';
import type { ConstantExpression } from './module';
import { type Reader, readS64 } from './reader';

/** The value's bits. Of an expression in a module that is known to be valid and imports no globals. */
export function evaluate({ bytes }: ConstantExpression): bigint {
  const reader: Reader = { bytes, at: 0, end: bytes.length };
  const instruction = createInstruction();
  readInstruction(reader, instruction);
  const { info, first, immediateAt } = instruction;
  switch (info.code) {
    case op.i32Const:
      return BigInt.asUintN(32, BigInt(first));
    case op.i64Const:
      return BigInt.asUintN(64, readS64({ bytes, at: immediateAt, end: bytes.length }));
    case op.f32Const:
    case op.f64Const:
      return littleEndian(bytes.subarray(immediateAt, reader.at));
    case op.refNull:
      return 0n;
    default:
      assert(info.code === op.refFunc, `${info.name} stands in a constant expression`);
      return BigInt(first) + 1n;
  }
}

const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
