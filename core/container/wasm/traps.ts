/** What the engine's errors mean: one table of its words, and where in the code it happened. */
import type { CodePosition, TrapReason } from '../../environment/outcome';
import type { Instruction } from '../../wasm/decode-instruction';
import { op } from '../../wasm/instructions';
import type { WasmCode } from './code';

/** What a trapped instance still knows. */
export interface LastOperands {
  /** Whether a table had nothing where the last indirect call looked. */
  readonly calleeWasEmpty: (table: number) => boolean;
  /** Whether the last float that was turned into an integer was none. */
  readonly truncatedWasNaN: () => boolean;
}

/**
 * The reason behind V8's words. Where they say less than the specification's, the instruction and its operands say
 * the rest. `null` for words that no trap has.
 */
export function messageToReason(
  message: string,
  instruction: Instruction | null,
  last: LastOperands,
): TrapReason | null {
  switch (message) {
    case 'unreachable':
      return 'unreachable';
    case 'divide by zero':
    case 'remainder by zero':
      return 'integer divide by zero';
    case 'divide result unrepresentable':
      return 'integer overflow';
    case 'float unrepresentable in integer range':
      return last.truncatedWasNaN() ? 'invalid conversion to integer' : 'integer overflow';
    case 'memory access out of bounds':
    case 'data segment out of bounds':
      return 'out of bounds memory access';
    case 'table index is out of bounds':
      return isIndirectCall(instruction) ? 'undefined element' : 'out of bounds table access';
    case 'table access out of bounds':
    case 'element segment out of bounds':
      return 'out of bounds table access';
    case 'null function or function signature mismatch':
      return instruction !== null && last.calleeWasEmpty(instruction.second)
        ? 'uninitialized element'
        : 'indirect call type mismatch';
    default:
      return null;
  }
}

/** The places that an error's stack names as `wasm-function[3]:0x5c`, in the code as it was given, innermost first. */
export const stackOfError = (error: Error, { metered }: WasmCode): readonly CodePosition[] =>
  [...(error.stack ?? '').matchAll(/wasm-function\[(\d+)\]:0x([0-9a-f]+)/g)].flatMap(
    ([, index, offset]) => metered.placeOf(Number(index), Number.parseInt(offset ?? '', 16)) ?? [],
  );

const isIndirectCall = (instruction: Instruction | null): boolean =>
  instruction?.info.code === op.callIndirect || instruction?.info.code === op.returnCallIndirect;
