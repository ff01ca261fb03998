import { bytesToText } from '../base/bytes';
import { type Result, err, ok } from '../base/result';
import type { Diagnostic, ReadFile } from './build';
import { errorIn } from './diagnostic';

/** A source larger than this would keep a compiler busy for minutes, and was hardly written by a person. */
const largestSource = 1 << 21;

/** The text of a source file. An error in words when it is not there, or too large to compile. */
export function readSource(path: string, readFile: ReadFile): Result<string, Diagnostic> {
  const bytes = readFile(path);
  if (bytes === null) return err(errorIn(path, `the file ${path} is not there`));
  return bytes.length > largestSource
    ? err(errorIn(path, `a source of ${bytes.length} bytes; the most is ${largestSource}`))
    : ok(bytesToText(bytes));
}
