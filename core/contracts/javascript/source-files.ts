import type { BundleFile } from '../../javascript/bundle';
import type { Diagnostic, ReadFile } from '../build';
import { readSource } from '../source-text';

/** The files of one build, each read once. */
export interface SourceFiles {
  /** `null` when there is no such file, or it is too large. */
  read(path: string): string | null;
  /** Those that were there, in the order in which they were asked for. */
  found(): readonly BundleFile[];
  /** Why a file can't be taken; `null` for one that can. */
  problemOf(path: string): Diagnostic | null;
}

export function createSourceFiles(readFile: ReadFile): SourceFiles {
  const sourceByPath = new Map<string, ReturnType<typeof readSource>>();
  const sourceOf = (path: string): ReturnType<typeof readSource> => {
    const known = sourceByPath.get(path) ?? readSource(path, readFile);
    sourceByPath.set(path, known);
    return known;
  };
  return {
    read(path) {
      const source = sourceOf(path);
      return source.ok ? source.value : null;
    },
    found: () =>
      [...sourceByPath].flatMap(([path, source]) => (source.ok ? [{ path, text: source.value }] : [])),
    problemOf(path) {
      const source = sourceOf(path);
      return source.ok ? null : source.error;
    },
  };
}
