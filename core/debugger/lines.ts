/** Which instructions of a code stand for which line of its source, both ways. */
import { isAddedName } from '../contracts/wrapper-name';
import type { Mapping, Segment } from './mapping';

/** Lines and columns from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An instruction at which the code of a line begins, or begins again after that of another. */
export interface LineStart {
  readonly function: number;
  readonly offset: number;
  readonly place: SourcePlace;
}

export interface Lines {
  /** As the map names them. */
  readonly files: readonly string[];
  /** The text of a file, where the map holds it. */
  textOf(file: string): string | null;
  /** `null` where nothing is known. */
  sourceOf(functionIndex: number, offset: number): SourcePlace | null;
  /** Of one function, in order of their offsets. */
  startsIn(functionIndex: number): readonly LineStart[];
  /** Of all functions. */
  readonly starts: readonly LineStart[];
  /** Where each pass of a line begins, once in each copy of its code; empty for a line without code. */
  passesOf(file: string, line: number): readonly LineStart[];
  /** The first line from this one on that has code; `null` when there is none. */
  lineFrom(file: string, line: number): number | null;
}

/** What the map is of. */
export interface MappedCode extends NamedBodies {
  readonly firstFunction: number;
  readonly functionCount: number;
  /** The instructions of a function in order, as offsets. */
  instructions(functionIndex: number): ArrayLike<number>;
}

export interface NamedBodies {
  /** The offset where a function's body begins. */
  bodyStart(functionIndex: number): number;
  functionName(functionIndex: number): string | null;
}

/** Sources that come with the compiler begin so; they are in no folder of the workspace. */
export const isLibrary = (file: string): boolean => file.startsWith(libraryPrefix);

const libraryPrefix = '~lib/';

/** Finds the source of an instruction; `null` where nothing is known. */
export function createSourceFinder(
  { files, segments }: Pick<Mapping, 'files' | 'segments'>,
  code: NamedBodies,
): Lines['sourceOf'] {
  /** Then what the map leaves out in a function of the author's is what came to it from the library. */
  const hasLibrary = files.some(isLibrary);

  /**
   * Library code that the compiler put into a function of the author's stands at no line of theirs: then it is the line
   * before it in the code, from where it was called.
   */
  return (functionIndex, offset) => {
    const first = firstFrom(segments, code.bodyStart(functionIndex));
    const name = code.functionName(functionIndex);
    const isAuthored = name !== null && !isLibrary(name);
    // It has the places of what it was made for, so that mistakes there are told where they are.
    if (isAuthored && isAddedName(name)) return null;
    const fileAt = (place: number) => files[segments[place]?.[1] ?? -1];
    let at = firstFrom(segments, offset + 1) - 1;
    while (isAuthored && hasLibrary && at > first && isLibrary(fileAt(at) ?? libraryPrefix)) at--;
    const [, , line, column] = segments[at] ?? [];
    const file = fileAt(at);
    if (at < first || file === undefined || line === undefined || column === undefined) return null;
    return { file, line: line + 1, column: column + 1 };
  };
}

export function createLines(mapping: Mapping, code: MappedCode): Lines {
  const { files, textOf } = mapping;
  const sourceOf = createSourceFinder(mapping, code);
  const startsByFunction = new Map<number, readonly LineStart[]>();
  let allStarts: readonly LineStart[] | null = null;

  function startsIn(functionIndex: number): readonly LineStart[] {
    const known = startsByFunction.get(functionIndex);
    if (known !== undefined) return known;
    const starts: LineStart[] = [];
    let last: SourcePlace | null = null;
    for (const offset of Array.from(code.instructions(functionIndex))) {
      const place = sourceOf(functionIndex, offset);
      if (place !== null && (last === null || !isSameLine(place, last))) {
        starts.push({ function: functionIndex, offset, place });
      }
      last = place;
    }
    startsByFunction.set(functionIndex, starts);
    return starts;
  }

  function allOf(): readonly LineStart[] {
    allStarts ??= Array.from({ length: code.functionCount }, (_, index) =>
      startsIn(code.firstFunction + index),
    ).flat();
    return allStarts;
  }

  return {
    files,
    textOf,
    sourceOf,
    startsIn,
    get starts() {
      return allOf();
    },
    passesOf(file, line) {
      const columnByFunction = new Map<number, number>();
      return allOf().filter(({ function: index, place }) => {
        if (place.line !== line || place.file !== file) return false;
        if (!columnByFunction.has(index)) columnByFunction.set(index, place.column);
        return columnByFunction.get(index) === place.column;
      });
    },
    lineFrom(file, line) {
      const later = allOf().flatMap(({ place }) =>
        place.file === file && place.line >= line ? place.line : [],
      );
      return later.length === 0 ? null : later.reduce((least, each) => Math.min(least, each));
    },
  };
}

export const isSameLine = (left: SourcePlace, right: SourcePlace): boolean =>
  left.line === right.line && left.file === right.file;

/** The place of the first segment that isn't before the column. */
function firstFrom(segments: readonly Segment[], column: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.[0] ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  return low;
}
