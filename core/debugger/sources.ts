/** The files that a code was made from, and which of them can be looked for in a workspace. */
import type { DebugCode } from './code';
import { isLibrary } from './lines';

export interface SourceFile {
  /** As the source map names it. */
  readonly file: string;
  /** Whether the source map holds its text. */
  readonly embedded: boolean;
  /** Whether it came with the compiler. */
  readonly library: boolean;
  /** Why it is not to be looked for in the workspace; `null` when it may be. */
  readonly problem: string | null;
}

/** None for code without a source map. */
export const sourceFiles = ({ lines }: DebugCode): readonly SourceFile[] =>
  (lines?.files ?? []).map((file) => ({
    file,
    embedded: lines?.textOf(file) !== null,
    library: isLibrary(file),
    problem: problemOf(file),
  }));

function problemOf(file: string): string | null {
  if (isLibrary(file)) return 'it came with the compiler';
  if (file === '') return 'the source map gives it no name';
  if (/^[a-z][\w+.-]*:/iu.test(file)) return 'it is named by a URL, not by a path in the workspace';
  if (/^[/\\]/u.test(file)) return 'it has an absolute path: the code was built elsewhere';
  return leavesTheFolder(file) ? 'its path leads out of the workspace' : null;
}

function leavesTheFolder(path: string): boolean {
  let depth = 0;
  for (const part of path.split(/[/\\]/u)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
