import type { Diagnostic } from './build';

export type Place = Pick<Diagnostic, 'line' | 'column' | 'length'>;

/** An error in words of our own, at a place of a file or else at its head. */
export const errorIn = (
  file: string,
  message: string,
  place: Place = { line: 1, column: 1, length: 0 },
): Diagnostic => ({ file, ...place, severity: 'error', message, code: '' });
