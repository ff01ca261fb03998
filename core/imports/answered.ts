/** Answers given by hand in place of what an import would return. */
import { textToBytes } from '../base/bytes';
import { type Value, encodeValue } from '../base/value';
import type { Answer } from '../environment/answer';
import { Refusal } from './guest';
import type { ImportFunction, Param, Returned, ScalarType } from './import-set';

export interface Answered {
  readonly returned: Returned;
}

/** The last answer that fits the call, turned into what its handler would have returned; `null` without one. */
export function findAnswer(
  answers: readonly Answer[],
  call: { readonly qualified: string; readonly nth: number },
  declared: ImportFunction,
): Answered | null {
  const answer = answers.findLast(
    (candidate) =>
      candidate.import === call.qualified && (candidate.call === undefined || candidate.call === call.nth),
  );
  if (answer === undefined) return null;
  return { returned: toReturned(answer.value, call.qualified, declared) };
}

/** Throws a {@link Refusal} for an answer that the import could never have given. */
function toReturned(value: Value, qualified: string, { params, result }: ImportFunction): Returned {
  const out = params.at(-1);
  if (out?.kind === 'out') {
    if (value === null || value instanceof Uint8Array) return value;
    const bytes = toBytes(value, out);
    if (bytes !== null) return bytes;
    throw new Refusal('refused', `the answer given for ${qualified} is neither bytes nor text`);
  }
  if (result === null) return undefined;
  const scalar = toScalar(value, result);
  if (scalar === null) throw new Refusal('refused', `the answer given for ${qualified} is no ${result}`);
  return scalar;
}

function toBytes(value: Value, { form }: Param & { readonly kind: 'out' }): Uint8Array | null {
  if (form === 'value') return encodeValue(value);
  return typeof value === 'string' ? textToBytes(value) : null;
}

function toScalar(value: Value, type: ScalarType): number | bigint | null {
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  if (type === 'f32' || type === 'f64') return Number(value);
  if (typeof value === 'number' && !Number.isInteger(value)) return null;
  const bits = type === 'i32' ? 32 : 64;
  const whole = BigInt(value);
  if (whole < -(1n << BigInt(bits - 1)) || whole >= 1n << BigInt(bits)) return null;
  const wrapped = BigInt.asIntN(bits, whole);
  return type === 'i32' ? Number(wrapped) : wrapped;
}
