/** The parameters of a function, from its text. */

export interface SourceParameter {
  /** `null` for one that is taken apart as it comes in. */
  readonly name: string | null;
  /** Whether it may be left out. */
  readonly hasDefault: boolean;
  readonly isRest: boolean;
}

/** Of a function, method or arrow function as the language's own `toString` gives it. */
export function parametersOf(text: string): readonly SourceParameter[] {
  const bare = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(text)?.[1];
  if (bare !== undefined) return [{ name: bare, hasDefault: false, isRest: false }];
  return splitParameters(text.slice(text.indexOf('(') + 1)).map(toParameter);
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function toParameter(text: string): SourceParameter {
  const isRest = text.startsWith('...');
  const [name = '', ...rest] = (isRest ? text.slice(3) : text).split('=');
  const isPlain = identifier.test(name.trim());
  const hasDefault = isPlain ? rest.length > 0 : /[\]}]\s*=/.test(text);
  return { name: isPlain ? name.trim() : null, hasDefault, isRest };
}

/** At the commas that stand outside of brackets and texts, up to the bracket that closes the list. */
function splitParameters(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (depth === 0 && (token === ')' || token === ',')) {
      if (part.trim() !== '') parts.push(part.trim());
      if (token === ')') break;
      part = '';
      continue;
    }
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    part += token;
  }
  return parts;
}

/** Comments, texts, and single characters. */
const tokens = /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[^]/g;
