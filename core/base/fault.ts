/** Where a fault is: in a text (1-based line and column, length in characters) or in bytes (offset). */
export interface Position {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
  readonly offset?: number;
}

/**
 * An expected failure of input or world, as plain data: it is returned in a `Result`, crosses every border
 * unchanged and is shown to people. `code` is for programs, `message` says what was wrong, `remedy` what to do.
 */
export interface Fault<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly position?: Position;
  readonly remedy?: string;
}

export const fault = <Code extends string>(
  code: Code,
  message: string,
  more: { readonly position?: Position; readonly remedy?: string } = {},
): Fault<Code> => ({ code, message, ...more });

/** `file:line:column: message`, or as much of that as is known. */
export function faultToText({ message, position, remedy }: Fault): string {
  const { file, line, column, offset } = position ?? {};
  const place = [file, line, column, offset === undefined ? undefined : `offset ${offset}`]
    .filter((part) => part !== undefined)
    .join(':');
  return `${place === '' ? '' : `${place}: `}${message}${remedy === undefined ? '' : `\n  ${remedy}`}`;
}
