/** What the interpreter's traps are called. */
import type { TrapReason } from '../../environment/outcome';
import { Trap } from './operations';

export const trapReasons: Readonly<Record<Trap, TrapReason>> = {
  [Trap.Unreachable]: 'unreachable',
  [Trap.DivideByZero]: 'integer divide by zero',
  [Trap.Overflow]: 'integer overflow',
  [Trap.InvalidConversion]: 'invalid conversion to integer',
  [Trap.Memory]: 'out of bounds memory access',
  [Trap.Table]: 'out of bounds table access',
  [Trap.UndefinedElement]: 'undefined element',
  [Trap.UninitializedElement]: 'uninitialized element',
  [Trap.TypeMismatch]: 'indirect call type mismatch',
  [Trap.OutOfGas]: 'out of gas',
  [Trap.StackOverflow]: 'stack overflow',
};
