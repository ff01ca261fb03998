/** The call of an import at which the interpreter stands. */
import { OutOfGas, Refusal } from '../../imports/guest';
import { typeAt } from '../../wasm/metering/plan';
import type { Conditions, MachineParts, Reason } from './advance';
import { functionBytes, Op, Register } from './operations';
import type { Until, Writer } from './stop';

interface Call {
  readonly callee: number;
  /** Operands that it takes, beside the parameters. */
  readonly extra: number;
  /** Bytes of the operation. */
  readonly length: number;
}

/** The imported function that the operation is about to call; `null` when it is no call of one. */
export function importedCallee(machine: MachineParts): number | null {
  return callAt(machine)?.callee ?? null;
}

/** The same with the operands that it finds, the parameters first. */
export function importedCall(
  machine: MachineParts,
): { readonly callee: number; readonly operands: readonly bigint[] } | null {
  const call = callAt(machine);
  if (call === null) return null;
  const { module } = machine.parts;
  const { params } = typeAt(module, module.functionTypes[call.callee]);
  return { callee: call.callee, operands: machine.stack.top(params.length + call.extra) };
}

export function isAsked(
  imports: Until['imports'],
  when: 'before' | 'after',
  called: { readonly module: string; readonly name: string },
): boolean {
  if (imports?.when !== when) return false;
  return imports.calls.includes(called.module) || imports.calls.includes(`${called.module}.${called.name}`);
}

/** Carries it out, unless a condition or what it throws comes before that; `null` to go on. */
export function callImport(
  machine: MachineParts,
  conditions: Conditions,
  writerAt: (address: number) => Writer,
): Reason | null {
  const { interpreter, parts, host, stack, watch } = machine;
  const call = callAt(machine);
  if (call === null) return null;
  const { callee, extra, length } = call;
  const imported = host.importAt(callee);
  const pc = interpreter.word(Register.pc) >>> 0;
  const by = writerAt(pc);
  const { module: set, name } = imported;
  if (by.count > conditions.from && isAsked(conditions.imports, 'before', imported)) {
    return { kind: 'import', when: 'before', set, name };
  }
  const { params } = typeAt(parts.module, parts.module.functionTypes[callee]);
  let result: bigint | null;
  try {
    result = host.call(callee, stack.top(params.length + extra), conditions.undo);
  } catch (error) {
    return errorToReason(error, parts.code.map.positionAt(pc));
  }
  stack.take(params.length + extra);
  if (result !== null) stack.put(result);
  interpreter.setWord(Register.pc, pc + length);
  const written = watch.take();
  if (written !== null) return { kind: 'memory', written, by };
  return isAsked(conditions.imports, 'after', imported) ? { kind: 'import', when: 'after', set, name } : null;
}

/** What an import throws to end the run, as its trap. Rethrows anything else. */
export function errorToReason(
  error: unknown,
  position: { readonly function: number; readonly offset: number } | null,
): Reason & { readonly kind: 'trap' } {
  if (error instanceof OutOfGas) {
    const outcome = { kind: 'trap', reason: 'out of gas', detail: null, position } as const;
    return { kind: 'trap', outcome, inCode: false };
  }
  if (!(error instanceof Refusal)) throw error;
  const { reason, detail } = error;
  return { kind: 'trap', outcome: { kind: 'trap', reason, detail, position }, inCode: false };
}

function callAt({ interpreter, parts, words, stack }: MachineParts): Call | null {
  const pc = interpreter.word(Register.pc) >>> 0;
  switch (words.operationAt(pc)) {
    case Op.CallImport:
    case Op.ReturnCallImport:
      return { callee: interpreter.word(pc + 4), extra: 0, length: 8 };
    case Op.CallIndirect:
    case Op.ReturnCallIndirect: {
      const isTail = words.operationAt(pc) === Op.ReturnCallIndirect;
      const callee = calleeInTable(interpreter.word(pc + 8) >>> 0, Number(stack.top(1)[0] ?? 0n));
      if (callee === null || callee >= parts.module.importedFunctions) return null;
      const type = interpreter.word(parts.layout.functions + functionBytes * callee);
      if (type !== interpreter.word(pc + 4)) return null;
      return { callee, extra: 1, length: isTail ? 20 : 12 };
    }
    default:
      return null;
  }

  function calleeInTable(table: number, index: number): number | null {
    if (index >= interpreter.word(table + 4)) return null;
    const reference = interpreter.word((interpreter.word(table) >>> 0) + 4 * index);
    return reference === 0 ? null : reference - 1;
  }
}
