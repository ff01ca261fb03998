/** The texts of scalar fields and the values they stand for. */
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import { narrowInteger } from '../../ui/values/parse-value';

/** `empty-field` is no mistake before someone tries to send. */
export type FieldFault = Fault<'bad-field' | 'empty-field'>;

export const fieldFault = (message: string, remedy?: string): FieldFault =>
  fault('bad-field', message, remedy === undefined ? {} : { remedy });

export const emptyFault = (message: string, remedy: string): FieldFault =>
  fault('empty-field', message, { remedy });

/** Decimal, `0x…`, `0o…` or `0b…`, of any width; `_` may part the digits. */
export function parseInteger(
  text: string,
  type: { readonly signed: boolean; readonly bits: number },
): Result<number | bigint, FieldFault> {
  const { min, max, name } = integerRange(type);
  const digits = text.trim();
  const match = /^([+-]?)(0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*)$/i.exec(digits);
  if (match === null) {
    if (digits === '') return err(emptyFault('a number is missing', `any integer from ${min} to ${max}`));
    return err(fieldFault(`${JSON.stringify(digits)} is not an integer`, 'digits such as 1_000 or 0x3e8'));
  }
  const [, sign, magnitude = ''] = match;
  const parsed = BigInt(magnitude.replaceAll('_', ''));
  const value = sign === '-' ? -parsed : parsed;
  if (value < min || value > max) {
    return err(fieldFault(`does not fit into ${name}`, `from ${min} to ${max}`));
  }
  return ok(narrowInteger(value));
}

export function integerRange({ signed, bits }: { readonly signed: boolean; readonly bits: number }) {
  return signed
    ? { min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n, name: `s${bits}` }
    : { min: 0n, max: 2n ** BigInt(bits) - 1n, name: `u${bits}` };
}

export function parseFloatText(text: string, bits: 32 | 64): Result<number, FieldFault> {
  const digits = text.trim().replaceAll('_', '');
  if (digits === '') return err(emptyFault('a number is missing', 'for example 0.5 or 1e-3'));
  if (/^[+-]?(nan|inf(inity)?)$/i.test(digits)) {
    return err(fieldFault(`${digits} can't be sent`, 'messages hold finite numbers only'));
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) {
    return err(fieldFault(`${JSON.stringify(text.trim())} is not a number`, 'for example 0.5 or 1e-3'));
  }
  const value = Number(digits);
  const fits = Number.isFinite(bits === 32 ? Math.fround(value) : value);
  return fits ? ok(value) : err(fieldFault(`does not fit into f${bits}`));
}
