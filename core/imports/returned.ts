/** Values that somebody gives as the result of an import, as its handler would have returned them. */
import { textToBytes } from '../base/bytes';
import { type Value, encodeValue } from '../base/value';
import { Refusal } from './guest';
import type { DeclaredFunction, Param, Returned, ScalarType } from './import-set';

/** Throws a {@link Refusal} for a value that the import could never have given; `what` says where it is from. */
export function valueToReturned(value: Value, { params, result }: DeclaredFunction, what: string): Returned {
  const out = params.at(-1);
  if (out?.kind === 'out') {
    if (value === null || value instanceof Uint8Array) return value;
    const bytes = toBytes(value, out);
    if (bytes !== null) return bytes;
    throw new Refusal('refused', `${what} is neither bytes nor text`);
  }
  if (result === null) return undefined;
  const scalar = toScalar(value, result);
  if (scalar === null) throw new Refusal('refused', `${what} is no ${result}`);
  return scalar;
}

function toBytes(value: Value, { form }: Param & { readonly kind: 'out' }): Uint8Array | null {
  if (form === 'value') return encodeValue(value);
  return typeof value === 'string' ? textToBytes(value) : null;
}

function toScalar(value: Value, type: ScalarType): number | bigint | null {
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  if (type === 'f64') return Number(value);
  if (type === 'f32') return Math.fround(Number(value));
  if (typeof value === 'number' && !Number.isInteger(value)) return null;
  const bits = type === 'i32' ? 32 : 64;
  const whole = BigInt(value);
  if (whole < -(1n << BigInt(bits - 1)) || whole >= 1n << BigInt(bits)) return null;
  const wrapped = BigInt.asIntN(bits, whole);
  return type === 'i32' ? Number(wrapped) : wrapped;
}
