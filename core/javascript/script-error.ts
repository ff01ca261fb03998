/** Why a script could not be loaded, in words, with its places. */
import { type Fault, fault } from '../base/fault';
import { longestReason, shorten } from '../base/shorten';
import type { Cut } from './evaluate';
import { type ScriptPlace, offsetToLine } from './script-place';

export interface ScriptError {
  readonly message: string;
  /** The calls that led to it, innermost first; those in a script's own text can be shown. */
  readonly places: readonly ScriptPlace[];
}

/** Thrown by the host's side of a call that is made while modules run. */
export class CalledWhileLoading {}

export function cutToError(cut: Cut): ScriptError {
  const { places } = cut;
  switch (cut.kind) {
    case 'uncaught':
      return { message: uncaughtToText(cut), places };
    case 'out of gas':
      return { message: 'the code at the top of its modules does not come to an end', places };
    case 'stack overflow':
      return { message: 'the code at the top of its modules calls too deep', places };
    case 'broken':
      return { message: 'the interpreter gave up on it', places };
    case 'stopped':
      if (!(cut.by instanceof CalledWhileLoading)) throw cut.by;
      return { message: 'imports can be called while a message runs, not at the top of a module', places };
  }
}

/** At the innermost of its places that is in one of the script's own files. */
export function scriptFault<Code extends string>(
  code: Code,
  { message, places }: ScriptError,
  isOwn: (file: string) => boolean,
): Fault<Code> {
  const place = places.find(({ file }) => isOwn(file));
  if (place === undefined) return fault(code, message);
  const { file, line, column } = place;
  return fault(code, message, { position: { file, line, column } });
}

/** As people know errors: `TypeError: not a function`; of one that is just an `Error`, its message. Cut when it is long. */
export const uncaughtToText = ({
  name,
  message,
}: {
  readonly name: string;
  readonly message: string;
}): string =>
  shorten(
    name === '' || name === 'Error' || name === 'SyntaxError' ? message : `${name}: ${message}`,
    longestReason,
  );

const longestName = 200;

/** `name` is imported by a module whose text is given, and is not there. */
export function absentModule(name: string, importer: string, text: string | null): ScriptError {
  const isFile = name.includes('/') && !name.startsWith('kernelscope/');
  const message = `there is no ${isFile ? 'file' : 'library or import set'} ${shorten(name, longestName)}`;
  const last = name.split('/').at(-1)?.replace(/\.js$/, '') ?? name;
  const quoted = [...(text ?? '').matchAll(/['"]([^'"\n]*)['"]/g)];
  const at = quoted.find(([, imported = '']) => imported.replace(/\.js$/, '').endsWith(last))?.index;
  const place = text === null || at === undefined ? { line: 1, column: 1 } : offsetToLine(text, at);
  return { message, places: [{ file: importer, ...place, name: null }] };
}
