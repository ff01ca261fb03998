/** Reads expressions. Of bounded length and size, so that whatever is done with one is bounded, too. */
import { type Result, err, ok } from '../../base/result';
import { type Datum, type ScalarName, integer, nothing, scalarNames, text as string } from './datum';
import {
  type BinaryOperator,
  type Expression,
  type ExpressionFault,
  Mistake,
  type Span,
  type UnaryOperator,
  mistakeToFault,
  precedence,
} from './syntax';
import { type Token, readTokens } from './tokens';

export const longestExpression = 4096;

/** Operators, names and values in one expression. */
const mostParts = 500;

export function parseExpression(text: string): Result<Expression, ExpressionFault> {
  try {
    if (text.length > longestExpression) {
      throw new Mistake(`it is longer than ${longestExpression} characters`, {
        start: longestExpression,
        end: text.length,
      });
    }
    return ok(readExpression(text));
  } catch (error) {
    if (error instanceof Mistake) return err(mistakeToFault('bad-expression', error, text));
    throw error;
  }
}

function readExpression(source: string): Expression {
  const tokens = readTokens(source);
  let place = 0;
  let parts = 0;

  const peek = (): Token =>
    tokens[place] ?? { kind: 'end', at: { start: source.length, end: source.length } };
  const take = (): Token => {
    const token = peek();
    place++;
    return token;
  };
  const isSign = (sign: string): boolean => {
    const token = peek();
    return token.kind === 'sign' && token.sign === sign;
  };

  function unexpected({ kind, at }: Token): Mistake {
    const found = kind === 'end' ? 'the end' : source.slice(at.start, at.end);
    return new Mistake(`${found} is not expected here`, at);
  }

  function expect(sign: string): Span {
    if (isSign(sign)) return take().at;
    const { kind, at } = peek();
    const found = kind === 'end' ? 'the end' : source.slice(at.start, at.end);
    throw new Mistake(`expected ${sign} and found ${found}`, at);
  }

  function count(at: Span): void {
    if (++parts > mostParts) throw new Mistake(`it has more than ${mostParts} parts`, at);
  }

  function choice(): Expression {
    const condition = binary(1);
    if (!isSign('?')) return condition;
    const { at } = take();
    count(at);
    const whenTrue = choice();
    expect(':');
    return { kind: 'choice', condition, whenTrue, whenFalse: choice(), at };
  }

  function binary(least: number): Expression {
    let left = unary();
    for (;;) {
      const token = peek();
      const operator = token.kind === 'sign' && isBinary(token.sign) ? token.sign : null;
      if (operator === null || precedence[operator] < least) return left;
      const { at } = take();
      count(at);
      left = { kind: 'binary', operator, left, right: binary(precedence[operator] + 1), at };
    }
  }

  function unary(): Expression {
    const token = peek();
    count(token.at);
    if (token.kind !== 'sign' || !isUnary(token.sign)) return postfix();
    place++;
    return { kind: 'unary', operator: token.sign, operand: unary(), at: token.at };
  }

  function postfix(): Expression {
    let expression = primary();
    for (;;) {
      if (isSign('[')) {
        const { start } = take().at;
        const key = choice();
        expression = { kind: 'index', of: expression, key, at: { start, end: expect(']').end } };
      } else if (isSign('.')) {
        take();
        const field = take();
        if (field.kind !== 'name') throw unexpected(field);
        const key: Expression = { kind: 'literal', value: string(field.name), at: field.at };
        expression = { kind: 'index', of: expression, key, at: field.at };
      } else return expression;
      count(expression.at);
    }
  }

  function primary(): Expression {
    const token = take();
    const { at } = token;
    switch (token.kind) {
      case 'integer':
        return { kind: 'literal', value: integer(token.value), at };
      case 'float':
        return { kind: 'literal', value: { type: 'f64', value: token.value }, at };
      case 'string':
        return { kind: 'literal', value: string(token.value), at };
      case 'name':
        return named(token.name, token.quoted, at);
      case 'sign': {
        if (token.sign !== '(') throw unexpected(token);
        const inner = choice();
        expect(')');
        return inner;
      }
      case 'end':
        throw unexpected(token);
    }
  }

  function named(name: string, quoted: boolean, at: Span): Expression {
    if (quoted) return { kind: 'name', name, at };
    const constant = constants.get(name);
    if (constant !== undefined) return { kind: 'literal', value: constant, at };
    if (isSign('(')) return { kind: 'call', name, args: args(), at };
    if (!isScalarName(name) || !isSign('[')) return { kind: 'name', name, at };
    take();
    const address = choice();
    return { kind: 'load', type: name, address, at: { start: at.start, end: expect(']').end } };
  }

  function args(): readonly Expression[] {
    const found: Expression[] = [];
    expect('(');
    if (!isSign(')')) found.push(choice());
    while (isSign(',')) {
      take();
      found.push(choice());
    }
    expect(')');
    return found;
  }

  const expression = choice();
  const rest = peek();
  if (rest.kind !== 'end') throw unexpected(rest);
  return expression;
}

const constants: ReadonlyMap<string, Datum> = new Map([
  ['true', { type: 'bool', value: true }],
  ['false', { type: 'bool', value: false }],
  ['null', nothing],
]);

const isBinary = (sign: string): sign is BinaryOperator => Object.hasOwn(precedence, sign);
const isUnary = (sign: string): sign is UnaryOperator => sign === '-' || sign === '!' || sign === '~';
export const isScalarName = (name: string): name is ScalarName =>
  (scalarNames as readonly string[]).includes(name);
