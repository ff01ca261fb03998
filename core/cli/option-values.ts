/** How the values of options are read. */
import { InvalidArgumentError } from 'commander';

/** All values of an option that may be given more than once. */
export const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** A whole number from 0 on. */
export const wholeNumber =
  (most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? '' : ` from 0 to ${most}`;
    throw new InvalidArgumentError(`Give a whole number${range}.`);
  };
