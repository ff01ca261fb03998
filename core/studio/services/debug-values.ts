/** Values of expressions where a session stands, as they cross to a window. */
import type { z } from 'zod';
import { faultToText } from '../../base/fault';
import type { Result } from '../../base/result';
import { type Datum, elementsBeyond } from '../../debugger/expression/datum';
import { evaluate } from '../../debugger/expression/evaluate';
import { parseExpression } from '../../debugger/expression/parse';
import { scopeAt } from '../../debugger/expression/scope';
import type { ExpressionFault } from '../../debugger/expression/syntax';
import type { Session } from '../../debugger/session';
import type { evaluated } from '../protocol/debug-values';
import type { WireValue } from '../protocol/wire';
import { valueToPreview } from './wire-values';

export type Evaluated = z.infer<typeof evaluated>;

/** As seen from one of the calls that are on. */
export function evaluateText(text: string, { timeline, code }: Session, frame: number): Evaluated {
  const expression = parseExpression(text);
  return datumToWire(
    expression.ok ? evaluate(expression.value, scopeAt(timeline, code, frame), text) : expression,
  );
}

function datumToWire(datum: Result<Datum, ExpressionFault>): Evaluated {
  if (!datum.ok) return { ok: false, message: faultToText(datum.error) };
  return { ok: true, type: datum.value.type, ...datumToPreview(datum.value) };
}

/** Its beginning, and how many elements of a list that leaves out. */
export function datumToPreview(datum: Datum): { readonly value: WireValue; readonly more: number } {
  const value = valueToPreview(datum.value);
  return { value, more: Array.isArray(value) ? elementsBeyond(datum, value.length) : 0 };
}
