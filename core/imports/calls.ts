/** How often a run called which import: what answers given by hand and traces go by. */

export interface ImportCalls {
  count: number;
  /** By `set.function`. */
  readonly countByImport: Map<string, number>;
}

export const createImportCalls = (): ImportCalls => ({ count: 0, countByImport: new Map() });

/** Notes one more call. Gives its number among those of the same import, from 0. */
export function countCall(calls: ImportCalls, qualified: string): number {
  const nth = calls.countByImport.get(qualified) ?? 0;
  calls.countByImport.set(qualified, nth + 1);
  calls.count++;
  return nth;
}

export function resetCalls(calls: ImportCalls): void {
  if (calls.count === 0) return;
  calls.count = 0;
  calls.countByImport.clear();
}
