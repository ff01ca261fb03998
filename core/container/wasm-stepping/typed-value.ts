/** Wasm values with all of their bits, as a machine keeps them. */
import type { ValueType } from '../../wasm/shape';
import type { Scalar } from '../container';

/**
 * A value and its type. `bits` is unsigned: two's complement, IEEE 754, with NaNs as they are. Of a `funcref` it is the
 * function's index plus 1, of an `externref` a number that stands for what the host handed in; 0 is null.
 */
export interface TypedValue {
  readonly type: ValueType;
  readonly bits: bigint;
}

/** As it crosses the border of an instance: integers signed, a reference as its index, `null` for none. */
export function typedToScalar({ type, bits }: TypedValue): Scalar | null {
  switch (type) {
    case 'i32':
      return Number(BigInt.asIntN(32, bits));
    case 'i64':
      return BigInt.asIntN(64, bits);
    case 'f32':
    case 'f64': {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, type === 'f32' ? bits << 32n : bits);
      return type === 'f32' ? view.getFloat32(0) : view.getFloat64(0);
    }
    case 'funcref':
    case 'externref':
      return bits === 0n ? null : Number(bits) - 1;
    case 'v128':
      return null;
  }
}

/** The value of a number; its bits are taken modulo the type's size. */
export function scalarToTyped(type: 'i32' | 'i64' | 'f32' | 'f64', value: Scalar): TypedValue {
  if (type === 'i32') return { type, bits: BigInt.asUintN(32, BigInt(Number(value) | 0)) };
  if (type === 'i64') return { type, bits: BigInt.asUintN(64, BigInt(value)) };
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'f32') view.setFloat32(4, Number(value));
  else view.setFloat64(0, Number(value));
  return { type, bits: view.getBigUint64(0) };
}

/**
 * The bits of what comes from outside, as an engine converts it; any NaN is the one without payload. 0 for a reference:
 * none comes from outside.
 */
export function scalarToBits(type: ValueType, value: Scalar | undefined): bigint {
  if (type === 'i64') return scalarToTyped(type, value ?? 0n).bits;
  if (type === 'i32') return scalarToTyped(type, value ?? 0).bits;
  if (type !== 'f32' && type !== 'f64') return 0n;
  const number = Number(value);
  if (Number.isNaN(number)) return type === 'f32' ? 0x7fc00000n : 0x7ff8000000000000n;
  return scalarToTyped(type, number).bits;
}
