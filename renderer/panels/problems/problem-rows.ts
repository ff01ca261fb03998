import type { WireDiagnostic } from '../../../core/studio/protocol/wire';

export type ProblemRow =
  | { readonly kind: 'file'; readonly key: string; readonly file: string; readonly count: number }
  | { readonly kind: 'problem'; readonly key: string; readonly problem: WireDiagnostic };

/** Files by name, each with its problems below. */
export function problemRows(
  problemsByFile: Readonly<Record<string, readonly WireDiagnostic[]>>,
): readonly ProblemRow[] {
  return Object.entries(problemsByFile)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([file, problems]): readonly ProblemRow[] => [
      { kind: 'file', key: file, file, count: problems.length },
      ...problems.map((problem, index): ProblemRow => ({
        kind: 'problem',
        key: `${file}:${index}`,
        problem,
      })),
    ]);
}
