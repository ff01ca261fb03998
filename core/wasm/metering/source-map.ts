/** Which offset of the module as it was given each byte of a metered body stands for. */
export interface SourceMap {
  /** From this offset of the body on, bytes are those of the module from that offset on. */
  copied(offset: number, source: number): void;
  /** From this offset of the body on, bytes were made for the instruction at that offset of the module. */
  made(offset: number, source: number): void;
  sourceOf(offset: number): number | null;
}

export function createSourceMap(): SourceMap {
  const runs: { readonly offset: number; readonly source: number; readonly isCopy: boolean }[] = [];
  return {
    copied: (offset, source) => void runs.push({ offset, source, isCopy: true }),
    made: (offset, source) => void runs.push({ offset, source, isCopy: false }),
    sourceOf(offset) {
      const run = runs[lastUpTo(runs, offset)];
      if (run === undefined) return null;
      return run.isCopy ? run.source + offset - run.offset : run.source;
    },
  };
}

/** The place of the last run that begins at the offset or before; -1 when there is none. */
function lastUpTo(runs: readonly { readonly offset: number }[], offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
