import { abort as kernelAbort } from "./kernel";

/**
 * Ends the run with these words. Nothing of it remains but a receipt that quotes them: writes are undone, messages
 * unsent.
 */
export function fail(message: string): void {
  const text = String.UTF8.encode(message);
  kernelAbort(changetype<usize>(text), text.byteLength);
  unreachable();
}

/** Ends the run with these words unless the condition holds. */
export function require(condition: bool, message: string): void {
  if (!condition) fail(message);
}

/** What `throw new Error(…)`, `assert` and the language's own checks end in; the compiler is told to. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const words = message === null ? "aborted" : message;
  const place = file === null ? "" : " (" + file + ":" + line.toString() + ":" + column.toString() + ")";
  fail(words + place);
}
