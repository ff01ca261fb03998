/** Follows a body from instruction to instruction, with the types of the operands that each of them finds. */
import { assert } from '../base/result';
import { type Instruction, createInstruction, emptyBlock, readInstruction } from './decode-instruction';
import { type OperandType, op } from './instructions';
import { skipDeadCode, typeAt } from './metering/plan';
import type { FunctionBody, WasmModule } from './module';
import { type Reader, readValueType } from './reader';
import type { FunctionType, ValueType } from './shape';

export interface BodyLabel extends FunctionType {
  /** Of the instruction that opened it; `op.block` for the body itself. */
  readonly opcode: number;
  /** Operands below its parameters. */
  readonly height: number;
}

/** Where the walk is. One object is filled again and again. */
export interface BodyStep {
  readonly instruction: Instruction;
  /** Offset of what follows it. */
  next: number;
  /** Those that it finds, the topmost last. */
  readonly operands: ValueType[];
  /** Those it stands in, the innermost last. */
  readonly labels: BodyLabel[];
  /** Only an `else` or `end` may be visited without: the code before it doesn't get to its end. */
  isReached: boolean;
}

/**
 * Of a body in a module that is known to be valid. Code that can't be reached is left out; the walk ends early when
 * `visit` returns false.
 */
export function walkBody(module: WasmModule, body: FunctionBody, visit: (step: BodyStep) => unknown): void {
  const reader: Reader = { bytes: module.bytes, at: body.code, end: body.end };
  const instruction = createInstruction();
  const locals = localTypes(module, body);
  const operands: ValueType[] = [];
  const { results } = typeAt(module, body.type);
  const labels: BodyLabel[] = [{ opcode: op.block, params: [], results, height: 0 }];
  const step: BodyStep = { instruction, next: body.code, operands, labels, isReached: true };

  while (reader.at < reader.end) {
    if (step.isReached) readInstruction(reader, instruction);
    else skipDeadCode(reader, instruction);
    step.next = reader.at;
    if (visit(step) === false) return;
    step.isReached = true;
    apply();
  }

  function apply(): void {
    const { info, first } = instruction;
    switch (info.code) {
      case op.block:
      case op.loop:
      case op.if: {
        if (info.code === op.if) operands.pop();
        const type = blockType(module, first);
        labels.push({ opcode: info.code, ...type, height: operands.length - type.params.length });
        return;
      }
      case op.else: {
        const label = labelAt(labels, 0);
        return replaceFrom(label.height, label.params);
      }
      case op.end: {
        const label = labelAt(labels, 0);
        labels.pop();
        return replaceFrom(label.height, label.results);
      }
      case op.br:
      case op.brTable:
      case op.return:
      case op.returnCall:
      case op.returnCallIndirect:
      case op.unreachable:
        step.isReached = false;
        return;
      case op.call:
        return call(typeAt(module, module.functionTypes[first]));
      case op.callIndirect:
        operands.pop();
        return call(typeAt(module, first));
      case op.localTee:
        return;
      default: {
        const below = operands.length - info.takes.length;
        const given = givenBy(below);
        operands.length = below;
        for (const type of given) operands.push(type);
      }
    }
  }

  function replaceFrom(height: number, types: readonly ValueType[]): void {
    operands.length = height;
    operands.push(...types);
  }

  function call({ params, results: given }: FunctionType): void {
    replaceFrom(operands.length - params.length, given);
  }

  /** What depends on more than the instruction is looked up; `below` is where its first operand is. */
  function givenBy(below: number): readonly ValueType[] {
    const { info, first } = instruction;
    switch (info.code) {
      case op.localGet:
        return [known(locals[first])];
      case op.globalGet:
        return [known(module.globals[first]?.type)];
      case op.tableGet:
        return [known(module.tables[first]?.element)];
      case op.select:
      case op.selectTyped:
        return [known(operands[below])];
      case op.refNull:
        return [first === 0x70 ? 'funcref' : 'externref'];
      case op.refFunc:
        return ['funcref'];
      default:
        return info.gives.filter(isNumber);
    }
  }
}

/** The types of a function's parameters and locals, by index. */
export const localTypes = (module: WasmModule, body: FunctionBody): readonly ValueType[] => [
  ...typeAt(module, body.type).params,
  ...body.locals.flatMap(([count, type]) => Array.from({ length: count }, () => type)),
];

/** The label that a branch so deep leads to. */
export function labelAt(labels: readonly BodyLabel[], depth: number): BodyLabel {
  const label = labels.at(-1 - depth);
  assert(label !== undefined, 'a branch in valid code has its label');
  return label;
}

function blockType(module: WasmModule, type: number): FunctionType {
  if (type === emptyBlock) return noValues;
  if (type >= 0) return typeAt(module, type);
  return { params: [], results: [readValueType({ bytes: Uint8Array.of(type & 0x7f), at: 0, end: 1 })] };
}

const isNumber = (type: OperandType): type is 'i32' | 'i64' | 'f32' | 'f64' =>
  type !== 'reference' && type !== 'any';

const noValues: FunctionType = { params: [], results: [] };

function known(type: ValueType | undefined): ValueType {
  assert(type !== undefined, 'an index in valid code has its type');
  return type;
}
