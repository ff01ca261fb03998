/** Places and moments as they are typed into the field `Go to`. */
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import type { Target } from '../../store/debug/debug';
import type { Move } from '../../store/debug/move-queue';

interface Here {
  /** The number of the moment it stands at. */
  readonly count: number;
  /** Of the line of source, to which a bare `:6` belongs; `null` when it is at none. */
  readonly file: string | null;
  /** What was chosen last: `#3` is its third pass. */
  readonly cursor: Target | null;
}

/**
 * `12,345` is a moment and `+100` one further on; `counter.ts:6` is the next pass of a line, `#3` behind it the third
 * one of the message; `0x1a2` is an instruction by its offset; `start`, `end` and `trap` are what they say.
 */
export function parseGoal(text: string, here: Here): Result<Move, Fault<'no-goal'>> {
  const words = text.trim();
  const known = byName[words.toLowerCase()];
  if (known !== undefined) return ok(known);
  const number = /^([+-]?)(\d[\d,_ ]*)$/.exec(words);
  if (number !== null) return ok({ kind: 'to count', count: countOf(number, here.count) });
  const place = /^(.*?)(?:#(\d+))?$/.exec(words);
  const at = targetOf(place?.[1] ?? '', here);
  if (at === null) return err(unreadable(words));
  const nth = Number(place?.[2] ?? 0);
  return ok(nth === 0 ? { kind: 'to cursor', at, back: false } : { kind: 'to pass', at, nth });
}

const byName: Readonly<Record<string, Move>> = {
  start: { kind: 'restart', by: 'instruction' },
  end: { kind: 'to end' },
  trap: { kind: 'to trap' },
};

function countOf([, sign, digits]: RegExpExecArray, count: number): number {
  const number = Number((digits ?? '').replaceAll(/[,_ ]/g, ''));
  if (sign === '+') return count + number;
  return sign === '-' ? Math.max(0, count - number) : number;
}

function targetOf(text: string, { file, cursor }: Here): Target | null {
  if (text === '') return cursor;
  if (/^0x[\da-f]+$/i.test(text)) return { kind: 'offset', offset: Number(text) };
  const [, path, line] = /^(.*):([1-9]\d*)$/.exec(text) ?? [];
  if (line === undefined) return null;
  const named = path === '' ? file : (path ?? null);
  return named === null ? null : { kind: 'line', file: named, line: Number(line) };
}

const unreadable = (words: string): Fault<'no-goal'> =>
  fault('no-goal', `${JSON.stringify(words)} is no moment and no place`, {
    remedy:
      'write a number of instructions (12345, +100), a line (contracts/counter.ts:6, :6), its third pass (:6#3), an offset (0x1a2), start, end or trap',
  });
