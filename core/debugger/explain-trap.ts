/** A trap in one sentence: what went wrong, with the values that it went wrong with. */
import { type TypedValue, typedToScalar } from '../container/wasm-stepping/typed-value';
import type { SteppingMachine } from '../container/wasm-stepping/machine';
import type { Outcome } from '../environment/outcome';
import { type Instruction, createInstruction, readInstruction } from '../wasm/decode-instruction';
import { typeAt } from '../wasm/metering/plan';
import { accessBytes } from '../wasm/text/module-text';
import type { FunctionType } from '../wasm/shape';
import type { DebugCode } from './code';

type Trap = Outcome & { readonly kind: 'trap' };

/** The machine stands just before the trap. */
export function explainTrap({ reason, detail }: Trap, machine: SteppingMachine, code: DebugCode): string {
  const { module } = code;
  const position = machine.position();
  const instruction = createInstruction();
  readInstruction({ bytes: module.bytes, at: position.offset, end: module.bytes.length }, instruction);
  const { name } = instruction.info;
  const operands = machine.frames(0, 1)[0]?.operands ?? [];
  /** From the top, 0 the topmost. */
  const operand = (place: number) => operands.at(-1 - place) ?? none;
  const number = (place: number): string => String(typedToScalar(operand(place)));
  const address = (place: number): number => Number(operand(place).bits);

  switch (reason) {
    case 'unreachable':
      return 'It came to `unreachable`, which compilers put where a program must not get to: after a check that failed, an assertion, a panic.';
    case 'integer divide by zero':
      return `${name} was to divide ${number(1)} by 0.`;
    case 'integer overflow':
      return name.includes('div')
        ? `${name} was to divide ${number(1)} by ${number(0)}; the result is greater than any ${operand(0).type}.`
        : `${name} was to make an integer of ${number(0)}, which is out of its range.`;
    case 'invalid conversion to integer':
      return `${name} was to make an integer of NaN, which is no number.`;
    case 'out of bounds memory access':
      return memoryWords(instruction, { address, size: machine.memorySize() });
    case 'out of bounds table access':
      return `${name} was to reach beyond the end of a table: ${tableWords(machine.tableSizes())}.`;
    case 'undefined element':
      return `${name} was to call entry ${address(0)} of table ${instruction.second}, which has ${machine.tableSizes()[instruction.second] ?? 0} entries.`;
    case 'uninitialized element':
      return `${name} was to call entry ${address(0)} of table ${instruction.second}, which is empty.`;
    case 'indirect call type mismatch': {
      const [entry = none] = machine.table(instruction.second, address(0), 1);
      const called = Number(entry.bits) - 1;
      const wanted = typeWords(typeAt(module, instruction.first));
      const found = typeWords(typeAt(module, module.functionTypes[called]));
      return `${name} was to call a function that takes ${wanted}; entry ${address(0)} of the table is ${functionName(code, called)}, which takes ${found}.`;
    }
    case 'stack overflow':
      return `Calls nest too deep: ${position.depth} of them are on, and the last one, of ${functionName(code, position.function)}, has no room in the stack of ${machine.environment.limits.stack} values.`;
    case 'out of gas':
      return `The message had ${machine.environment.limits.gas} gas, and all of it is used up.`;
    case 'abort':
      return `The contract gave up: ${detail ?? 'it said nothing'}.`;
    case 'refused':
    case 'uncaught error':
      return `${importName(code, instruction) ?? 'It'} was refused: ${detail ?? reason}.`;
  }
}

const none: TypedValue = { type: 'i32', bits: 0n };

function memoryWords(
  { info, second: offset }: Instruction,
  { address, size }: { readonly address: (place: number) => number; readonly size: number },
): string {
  const end = `the memory ends at ${size}`;
  const bytes = accessBytes(info.name);
  if (bytes === null) {
    const from = info.name === 'memory.copy' ? ` from ${address(1)}` : '';
    return `${info.name} was to write ${address(0)} bytes to ${address(2)}${from}; ${end}.`;
  }
  const isLoad = info.name.includes('load');
  const start = address(isLoad ? 0 : 1);
  const sum = offset === 0 ? '' : ` (${start} and an offset of ${offset})`;
  return `${info.name} was to ${isLoad ? 'read' : 'write'} ${bytes} bytes at ${start + offset}${sum}; ${end}.`;
}

const tableWords = (sizes: readonly number[]): string =>
  sizes.map((size, index) => `table ${index} has ${size} entries`).join(', ');

const typeWords = ({ params, results }: FunctionType): string =>
  `(${params.join(', ')}) and gives (${results.join(', ')})`;

const functionName = ({ names }: DebugCode, index: number): string =>
  names.functions.get(index) ?? `function ${index}`;

function importName({ module }: DebugCode, { info, first }: Instruction): string | null {
  const imported = module.imports.filter(({ kind }) => kind === 'function')[first];
  return info.immediate === 'function' && imported !== undefined
    ? `${imported.module}.${imported.name}`
    : null;
}
