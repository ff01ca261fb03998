import { type ScriptError, scriptFault } from '../javascript/script-error';
import type { Diagnostic } from './build';
import type { SourceFiles } from './javascript/source-files';

export type Place = Pick<Diagnostic, 'line' | 'column' | 'length'>;

/** An error in words of our own, at a place of a file or else at its head. */
export const errorIn = (
  file: string,
  message: string,
  place: Place = { line: 1, column: 1, length: 0 },
): Diagnostic => ({ file, ...place, severity: 'error', message, code: '' });

/** Why a script can't be loaded, at the innermost of its places that is in a file of the workspace, or at the head of its own. */
export function errorInScript(path: string, error: ScriptError, files: SourceFiles): Diagnostic {
  const { message, position } = scriptFault('invalid-code', error, (file) => files.read(file) !== null);
  const { file = path, line = 1, column = 1 } = position ?? {};
  return errorIn(file, message, { line, column, length: 1 });
}
