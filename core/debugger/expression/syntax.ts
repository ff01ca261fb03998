/** Expressions as trees. Their grammar is in docs/expressions.md. */
import { type Fault, fault } from '../../base/fault';
import type { Datum, ScalarName } from './datum';

/** Where a part stands in the text: characters from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: Datum; readonly at: Span }
  | { readonly kind: 'name'; readonly name: string; readonly at: Span }
  | {
      readonly kind: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression;
      readonly at: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      /** Of the operator. */
      readonly at: Span;
    }
  | {
      readonly kind: 'choice';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
      readonly at: Span;
    }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression; readonly at: Span }
  /** A value of this type in the memory. */
  | { readonly kind: 'load'; readonly type: ScalarName; readonly address: Expression; readonly at: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: Span };

export type UnaryOperator = '-' | '!' | '~';

export type BinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '|'
  | '^'
  | '&'
  | '<<'
  | '>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

/** How tightly each binds: bits before comparisons, so that `flags & 1 == 0` asks about the bit. */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

/** `bad-expression` of a text that is none, `no-value` of one that has none where it was asked for. */
export type ExpressionFault = Fault<'bad-expression' | 'no-value'>;

/** Thrown within this folder alone, to give up from wherever it stands. */
export class Mistake {
  readonly words: string;
  readonly at: Span;
  constructor(words: string, at: Span) {
    this.words = words;
    this.at = at;
  }
}

export function mistakeToFault<Code extends string>(
  code: Code,
  { words, at }: Mistake,
  text: string,
): Fault<Code> {
  const before = text.slice(0, at.start).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const length = Math.max(1, at.end - at.start);
  return fault(code, words, { position: { line: before.length, column, length } });
}
