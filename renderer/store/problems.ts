import type { WireDiagnostic } from '../../core/studio/protocol/wire';
import { isInFolder } from './paths';
import type { SliceOf, StudioState } from './studio';

export interface ProblemsSlice {
  /** What compilers said of each file, in the order of its lines. Files without problems are absent. */
  readonly problemsByFile: Readonly<Record<string, readonly WireDiagnostic[]>>;
  /**
   * Takes over what a check of `path` said. Diagnostics of other files that it read replace theirs only where there
   * are any, for it says nothing about the rest of such a file.
   */
  setProblems(path: string, diagnostics: readonly WireDiagnostic[]): void;
  /** Of a file, or of all files in a folder: they are no more what was checked. */
  forgetProblems(path: string): void;
}

export const createProblemsSlice: SliceOf<ProblemsSlice> = (set, get) => ({
  problemsByFile: {},
  setProblems(path, diagnostics) {
    const { [path]: _, ...rest } = get().problemsByFile;
    const files = [...new Set(diagnostics.map(({ file }) => file))];
    const told = files.map(
      (file) => [file, diagnostics.filter((each) => each.file === file).toSorted(byPlace)] as const,
    );
    set({ problemsByFile: { ...rest, ...Object.fromEntries(told) } });
  },
  forgetProblems(path) {
    const kept = Object.entries(get().problemsByFile).filter(([file]) => !isInFolder(file, path));
    set({ problemsByFile: Object.fromEntries(kept) });
  },
});

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
}

export function countProblems({ problemsByFile }: Pick<StudioState, 'problemsByFile'>): ProblemCounts {
  const all = Object.values(problemsByFile).flat();
  const errors = all.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: all.length - errors };
}

const byPlace = (a: WireDiagnostic, b: WireDiagnostic): number => a.line - b.line || a.column - b.column;
