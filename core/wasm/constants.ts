/** Constant expressions: what globals, segments and their offsets begin as. */
import { assert } from '../base/result';
import { createInstruction, readInstruction } from './decode-instruction';
import { op } from './instructions';
import type { ConstantExpression } from './module';
import { type Reader, readS64 } from './reader';

/** The value's bits. `globals` are those before it. Of an expression in a module that is known to be valid. */
export function evaluate({ bytes }: ConstantExpression, globals: readonly bigint[]): bigint {
  const reader: Reader = { bytes, at: 0, end: bytes.length };
  const instruction = createInstruction();
  const operands: bigint[] = [];
  for (;;) {
    readInstruction(reader, instruction);
    const { info, first, immediateAt } = instruction;
    switch (info.code) {
      case op.end:
        return pop(operands);
      case op.i32Const:
        operands.push(BigInt.asUintN(32, BigInt(first)));
        break;
      case op.i64Const:
        operands.push(BigInt.asUintN(64, readS64({ bytes, at: immediateAt, end: bytes.length })));
        break;
      case op.f32Const:
      case op.f64Const:
        operands.push(littleEndian(bytes.subarray(immediateAt, reader.at)));
        break;
      case op.globalGet:
        operands.push(globals[first] ?? 0n);
        break;
      case op.refNull:
        operands.push(0n);
        break;
      case op.refFunc:
        operands.push(BigInt(first) + 1n);
        break;
      default:
        operands.push(arithmetic(info.name, pop(operands), pop(operands)));
    }
  }
}

/** What the extended constant expressions compute with. */
function arithmetic(name: string, right: bigint, left: bigint): bigint {
  const [type, operation] = name.split('.');
  const bits = type === 'i32' ? 32 : 64;
  if (operation === 'add') return BigInt.asUintN(bits, left + right);
  if (operation === 'sub') return BigInt.asUintN(bits, left - right);
  assert(operation === 'mul', `${name} stands in a constant expression`);
  return BigInt.asUintN(bits, left * right);
}

function pop(operands: bigint[]): bigint {
  const operand = operands.pop();
  assert(operand !== undefined, 'a valid constant expression has its operands');
  return operand;
}

const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
