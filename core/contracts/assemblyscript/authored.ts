/** The compiled functions of a program: those that the author wrote, and all others. */
import { Function, type FunctionDeclaration, type Program } from 'assemblyscript';

/** Ones that were compiled. */
export const compiledFunctions = ({ instancesByName }: Program): readonly Function[] =>
  [...instancesByName.values()].filter(
    (element): element is Function => element instanceof Function && element.ref !== 0,
  );

/** Accessors of fields have no body in the source. */
export const isAuthored = ({ declaration }: Function): boolean =>
  !declaration.range.source.isLibrary && (declaration as FunctionDeclaration).body !== null;

export const authoredFunctions = (program: Program): readonly Function[] =>
  compiledFunctions(program).filter(isAuthored);
