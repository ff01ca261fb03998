/** The words that an expression is made of. */
import { Mistake, type Span } from './syntax';

export type Token =
  | { readonly kind: 'integer'; readonly value: bigint; readonly at: Span }
  | { readonly kind: 'float'; readonly value: number; readonly at: Span }
  | { readonly kind: 'string'; readonly value: string; readonly at: Span }
  | { readonly kind: 'name'; readonly name: string; readonly quoted: boolean; readonly at: Span }
  | { readonly kind: 'sign'; readonly sign: string; readonly at: Span }
  | { readonly kind: 'end'; readonly at: Span };

const patterns = {
  space: /\s+/y,
  integer: /0x[0-9a-f]+(?:_[0-9a-f]+)*|0b[01]+(?:_[01]+)*|\d+(?:_\d+)*/iy,
  float: /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:e[+-]?\d+)?|e[+-]?\d+)/iy,
  string: /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y,
  name: /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy,
  /** What names of code may have beside letters. */
  quotedName: /`[^`]+`/y,
  sign: /===|!==|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^~!<>?:()[\].,]/y,
} as const;

/** Ends with an `end`. Throws a {@link Mistake}. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) at += found.length;
    return found;
  }

  function next(start: number): Token {
    const span = (): Span => ({ start, end: at });
    const float = take(patterns.float);
    if (float !== undefined) return { kind: 'float', value: Number(float.replaceAll('_', '')), at: span() };
    const digits = take(patterns.integer);
    if (digits !== undefined)
      return { kind: 'integer', value: BigInt(digits.replaceAll('_', '')), at: span() };
    const string = take(patterns.string);
    if (string !== undefined)
      return { kind: 'string', value: unescape(string.slice(1, -1), start), at: span() };
    const name = take(patterns.name);
    if (name !== undefined) return { kind: 'name', name, quoted: false, at: span() };
    const quotedName = take(patterns.quotedName);
    if (quotedName !== undefined)
      return { kind: 'name', name: quotedName.slice(1, -1), quoted: true, at: span() };
    const sign = take(patterns.sign);
    if (sign !== undefined) return { kind: 'sign', sign: isSame[sign] ?? sign, at: span() };
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const isOpen = /["'`]/.test(character);
    const words = isOpen ? `no ${character} ends what begins here` : `${character} means nothing here`;
    throw new Mistake(words, { start, end: start + character.length });
  }

  for (take(patterns.space); at < text.length; take(patterns.space)) tokens.push(next(at));
  tokens.push({ kind: 'end', at: { start: text.length, end: text.length } });
  return tokens;
}

/** As the languages of contracts write them, too. */
const isSame: Readonly<Record<string, string>> = { '===': '==', '!==': '!=' };

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function unescape(text: string, start: number): string {
  let plain = '';
  let end = 0;
  for (const found of text.matchAll(/\\(?:u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|.)/gi)) {
    const [whole, point, byte] = found;
    const code = Number.parseInt(point ?? byte ?? '', 16);
    const letter = whole.charAt(1);
    const meant = code <= 0x10ffff ? String.fromCodePoint(code) : (escapes[letter] ?? null);
    if (meant === null) {
      const at = start + 1 + found.index;
      throw new Mistake(`${whole} stands for nothing`, { start: at, end: at + whole.length });
    }
    plain += text.slice(end, found.index) + meant;
    end = found.index + whole.length;
  }
  return plain + text.slice(end);
}
