/** Places in scripts, as QuickJS names them in the stack of an error. */

/** Line and column from 1; a column counts whole characters. */
export interface ScriptPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The function's name; `null` for code at the top of a module, and for functions without one. */
  readonly name: string | null;
}

/**
 * The places that a stack's text lists, innermost first: `    at withdraw (contracts/account.js:12:5)`. A script may have
 * written that text: whatever it is, reading it takes time in proportion to its length.
 */
export const readStack = (stack: string): readonly ScriptPlace[] =>
  stack.split('\n').flatMap((text) => {
    const begin = /^ *at /.exec(text)?.[0].length;
    const end = /:(\d+):(\d+)\)?$/.exec(text);
    if (begin === undefined || end === null || end.index <= begin) return [];
    const called = text.slice(begin, end.index);
    const open = called.lastIndexOf(' (');
    const name = open < 0 ? '' : called.slice(0, open);
    return {
      file: open < 0 ? called : called.slice(open + 2),
      line: Number(end[1]),
      column: Number(end[2]),
      name: name === '' || name.startsWith('<') ? null : name,
    };
  });

/** Where the place is in its file's text, in the units of a JavaScript string; its end when it is beyond it. */
export function placeToOffset({ line, column }: Pick<ScriptPlace, 'line' | 'column'>, text: string): number {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  let offset = start;
  for (let number = 1; number < column && offset < text.length; number++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** Line and column of an offset, both from 1 and in the units of a JavaScript string. */
export function offsetToLine(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
