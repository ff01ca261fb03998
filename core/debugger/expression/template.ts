/** Texts in which `{expression}` stands for a value: what log points write. `{{` is a brace. */
import { type Result, err, ok } from '../../base/result';
import type { Datum } from './datum';
import { type Scope, evaluate } from './evaluate';
import { parseExpression } from './parse';
import { type Expression, type ExpressionFault, Mistake, mistakeToFault } from './syntax';

export type Template = readonly (string | { readonly expression: Expression; readonly source: string })[];

export function parseTemplate(text: string): Result<Template, ExpressionFault> {
  const parts: (string | { readonly expression: Expression; readonly source: string })[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const isDoubled = text.charAt(at + 1) === character;
    if (isDoubled && (character === '{' || character === '}')) {
      plain += character;
      at++;
    } else if (character !== '{') {
      plain += character;
    } else {
      const end = endOfExpression(text, at + 1);
      if (end === -1) {
        const mistake = new Mistake('no } ends what begins here', { start: at, end: at + 1 });
        return err(mistakeToFault('bad-expression', mistake, text));
      }
      // With what precedes it as space, so that places in it are those in the whole text.
      const source = text.slice(0, at + 1).replace(/[^\n]/g, ' ') + text.slice(at + 1, end);
      const expression = parseExpression(source);
      if (!expression.ok) return expression;
      parts.push(plain, { expression: expression.value, source });
      plain = '';
      at = end;
    }
  }
  return ok([...parts, plain]);
}

/** The brace that ends it, past those in texts and quoted names. */
function endOfExpression(text: string, start: number): number {
  const pattern = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|\}/g;
  pattern.lastIndex = start;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    if (found[0] === '}') return found.index;
  }
  return -1;
}

/** What has no value is told in its place. */
export function writeTemplate(template: Template, scope: Scope, show: (datum: Datum) => string): string {
  return template
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = evaluate(part.expression, scope, part.source);
      return value.ok ? show(value.value) : `{${value.error.message}}`;
    })
    .join('');
}
