/** Makes a script of the cases on numbers: each with its operands as constants, as locals, and as one of each. */
import type { InstructionInfo } from '../../../core/wasm/instructions';

/** One line for an instruction: `i32.add: 1 1 = 2; -1 1 = 0`. */
export function caseToScript(line: string, instructions: readonly InstructionInfo[]): string {
  const [, name = '', cases = ''] = /^(\S+): (.*)$/.exec(line) ?? [];
  const info = instructions.find((each) => each.name === name);
  if (info === undefined) throw new Error(`there is no instruction ${name}`);
  const { takes, gives } = info;
  const result = gives[0] ?? '';
  const parsed = cases.split(';').map((text) => {
    const [operands = '', outcome = ''] = text.split(/[=!]/).map((part) => part.trim());
    const constants = operands.split(' ').map((operand, place) => `(${takes[place]}.const ${operand})`);
    return { constants, outcome, traps: text.includes('!') };
  });
  /** A letter for each operand: whether it is a local or the constant of the case. */
  const forms = takes.length === 1 ? ['l', 'c'] : ['ll', 'lc', 'cl', 'cc'];
  const functions = parsed.flatMap(({ constants }, index) =>
    forms.map((form) => {
      const operands = constants.map((constant, place) =>
        form[place] === 'l' ? `(local.get ${place})` : constant,
      );
      return `(func (export "${index} ${form}") (param ${takes.join(' ')}) (result ${result}) (${name} ${operands.join(' ')}))`;
    }),
  );
  const asserts = parsed.flatMap(({ constants, outcome, traps }, index) =>
    forms.map((form) => {
      const call = `(invoke "${index} ${form}" ${constants.join(' ')})`;
      return traps
        ? `(assert_trap ${call} "${outcome}")`
        : `(assert_return ${call} (${result}.const ${outcome}))`;
    }),
  );
  return `(module ${functions.join('\n')})\n${asserts.join('\n')}`;
}
