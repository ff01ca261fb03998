/** What all commands have in common: how they are declared, and what they are given. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode, Session } from '../session';

export interface CommandContext {
  readonly program: Command;
  readonly session: Session;
  /** Takes how the command ended. */
  readonly end: (code: ExitCode) => void;
}

/** Adds a command, with the option that all have. */
export const declare = ({ program }: CommandContext, usage: string, description: string): Command =>
  program.command(usage).description(description).addOption(jsonOption());

export const jsonOption = (): Option => new Option('--json', 'write one JSON document for programs');

/** A whole number as an option's value. */
export const wholeNumber =
  (most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? '' : ` from 0 to ${most}`;
    throw new InvalidArgumentError(`Give a whole number${range}.`);
  };
