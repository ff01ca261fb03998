import process from 'node:process';
import { inspect } from 'node:util';

/** Tells whoever runs the program; `console` is hidden here by the global types of a compiler. */
export const logError = (error: unknown): void => {
  process.stderr.write(`${typeof error === 'string' ? error : inspect(error)}\n`);
};
