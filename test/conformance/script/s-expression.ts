/** Reads the parentheses, words and strings that WebAssembly text is made of. */

export type Expression = List | Word | Quoted;

interface Placed {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

export interface List extends Placed {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface Word extends Placed {
  readonly kind: 'word';
  readonly text: string;
}

export interface Quoted extends Placed {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
}

/** Throws when the parentheses don't match. */
export function readExpressions(text: string): readonly Expression[] {
  const open: { start: number; items: Expression[] }[] = [];
  const outermost: Expression[] = [];
  const add = (expression: Expression): void => void (open.at(-1)?.items ?? outermost).push(expression);
  for (let at = 0; at < text.length;) {
    const start = at;
    const letter = text[at];
    if (letter === '(' && text[at + 1] === ';') at = endOfComment(text, at);
    else if (letter === ';' && text[at + 1] === ';') at = endOfLine(text, at);
    else if (letter === '(') {
      open.push({ start, items: [] });
      at++;
    } else if (letter === ')') {
      const list = open.pop();
      if (list === undefined) throw new Error(`a parenthesis too many at ${at}`);
      at++;
      add({ kind: 'list', items: list.items, start: list.start, end: at });
    } else if (letter === '"') {
      at = endOfString(text, at);
      add({ kind: 'string', bytes: stringToBytes(text.slice(start + 1, at - 1)), start, end: at });
    } else if (/\s/.test(letter ?? '')) at++;
    else {
      while (at < text.length && !/[\s()";]/.test(text[at] ?? '')) at++;
      if (at === start) throw new Error(`nothing begins with ${letter} at ${at}`);
      add({ kind: 'word', text: text.slice(start, at), start, end: at });
    }
  }
  if (open.length > 0) throw new Error(`a parenthesis too few, opened at ${open[0]?.start}`);
  return outermost;
}

/** Of a word, or the first word of a list; empty otherwise. */
export function headOf(expression: Expression | undefined): string {
  if (expression?.kind === 'word') return expression.text;
  const [first] = expression?.kind === 'list' ? expression.items : [];
  return first?.kind === 'word' ? first.text : '';
}

function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (pair === '(;') depth++;
    if (pair === ';)') depth--;
    if (pair === '(;' || pair === ';)') at++;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

const escapes: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['r', 13],
  ['"', 34],
  ["'", 39],
  ['\\', 92],
]);

function stringToBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [whole, unicode, hex, escaped] of text.matchAll(
    /\\u\{([0-9a-fA-F_]+)\}|\\([0-9a-fA-F]{2})|\\(.)|[^\\]+/gs,
  )) {
    if (unicode !== undefined) {
      bytes.push(...encoder.encode(String.fromCodePoint(Number.parseInt(unicode.replaceAll('_', ''), 16))));
    } else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (escaped !== undefined) bytes.push(escapes.get(escaped) ?? 0);
    else bytes.push(...encoder.encode(whole));
  }
  return Uint8Array.from(bytes);
}
