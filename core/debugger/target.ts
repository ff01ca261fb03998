/** Places in the code as people name them, and where those are. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { DebugCode } from './code';
import type { Place } from './timeline';

export type Target =
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** Of an instruction in the module. */
  | { readonly kind: 'offset'; readonly offset: number }
  /** By index: its entry. */
  | { readonly kind: 'function'; readonly function: number };

export interface FoundTarget {
  readonly places: readonly Place[];
  /** What was found in its stead, where there was no code: a later line, or a later instruction. */
  readonly target: Target;
}

export type TargetFault = Fault<'no-code-there'>;

export function findTarget(target: Target, code: DebugCode): Result<FoundTarget, TargetFault> {
  switch (target.kind) {
    case 'line':
      return findLine(target, code);
    case 'offset': {
      const found = code.stepping.instructionFrom(target.offset);
      if (found === null) return nothingThere(`there is no instruction at ${target.offset} or after it`);
      const { offset } = found;
      return ok({ places: [{ at: { offset } }], target: { kind: 'offset', offset } });
    }
    case 'function': {
      if (code.stepping.instructions(target.function).length === 0) {
        return nothingThere(`function ${target.function} has no code of its own`);
      }
      return ok({ places: [{ at: { entryOf: target.function } }], target });
    }
  }
}

function findLine(
  { file, line }: Target & { readonly kind: 'line' },
  { lines }: DebugCode,
): Result<FoundTarget, TargetFault> {
  if (lines === null) return nothingThere('this code has no source map');
  if (!lines.files.includes(file)) return nothingThere(`${otherSource} ${file}`);
  const found = lines.lineFrom(file, line);
  if (found === null) return nothingThere(`no code is made from ${file} from line ${line} on`);
  const places = lines.passesOf(file, found).map(({ offset }) => ({ at: { offset } }));
  return ok({ places, target: { kind: 'line', file, line: found } });
}

/** How the words begin when it is not made from the file at all. */
export const otherSource = 'this code is not made from';

const nothingThere = (message: string): Result<never, TargetFault> => err(fault('no-code-there', message));
