/** A function as text beside its source: where a run can stand, and where lines of source begin. */
import type { TextLine } from '../wasm/text/module-text';
import type { DebugCode } from './code';
import type { SourcePlace } from './lines';

export interface ListedLine extends TextLine {
  /** Whether a run can stand at it; not at structure, and not where no run comes to. */
  readonly stops: boolean;
  /** `null` unless the code of a line begins here. */
  readonly source: SourcePlace | null;
}

export interface Listing {
  readonly lineCount: number;
  lines(start: number, count: number): readonly ListedLine[];
  /** The line of the instruction at this offset; `null` when none begins there. */
  lineOf(offset: number): number | null;
}

/** `undefined` for an index of no function. */
export function listFunction(code: DebugCode, index: number): Listing | undefined {
  const text = code.text.function(index);
  if (text === undefined) return undefined;
  const { lineCount, lines, lineOf } = text;
  const stops = new Set(code.stepping.instructions(index));
  const starts = code.lines?.startsIn(index) ?? [];
  const placeByOffset = new Map(starts.map(({ offset, place }) => [offset, place]));
  return {
    lineCount,
    lineOf,
    lines: (start, count) =>
      lines(start, count).map((line) => ({
        ...line,
        stops: stops.has(line.offset),
        source: placeByOffset.get(line.offset) ?? null,
      })),
  };
}
