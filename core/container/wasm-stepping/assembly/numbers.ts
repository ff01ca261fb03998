// Numbers as the specification has them where AssemblyScript's own differ: floats by their bits, NaNs with one payload.

import { Trap } from '../operations';

// Through a parameter of its own: AssemblyScript widens the operands of what it widens.
@inline export function word(bits: u32): u64 { return <u64>bits; }
@inline export function truth(value: bool): u64 { return <u64>value; }

@inline export function f32Of(bits: u64): f32 { return reinterpret<f32>(<u32>bits); }
@inline export function f64Of(bits: u64): f64 { return reinterpret<f64>(bits); }
@inline export function bits32(value: f32): u64 { return <u64>reinterpret<u32>(value); }

/** The bits of a result; those of any NaN are the same. */
@inline export function canonical32(value: f32): u64 { return value != value ? 0x7fc00000 : bits32(value); }
@inline export function canonical64(value: f64): u64 {
  return value != value ? 0x7ff8000000000000 : reinterpret<u64>(value);
}

/** Whether a float lies between the integers of a type, cut off towards zero. A NaN doesn't. */
@inline export function fits<T>(value: f64): bool {
  if (isSigned<T>()) {
    return sizeof<T>() == 4
      ? value > -2147483649.0 && value < 2147483648.0
      : value >= -9223372036854775808.0 && value < 9223372036854775808.0;
  }
  return value > -1.0 && value < (sizeof<T>() == 4 ? 4294967296.0 : 18446744073709551616.0);
}

/** Of a float that fits, or the nearest integer that there is; 0 for a NaN. */
@inline export function saturate<T>(value: f64): T {
  if (fits<T>(value)) return <T>value;
  if (value != value) return <T>0;
  return value < 0 ? <T>min<T>() : <T>max<T>();
}

@inline function min<T>(): T {
  if (!isSigned<T>()) return <T>0;
  return sizeof<T>() == 4 ? <T>i32.MIN_VALUE : <T>i64.MIN_VALUE;
}

@inline function max<T>(): T {
  if (!isSigned<T>()) return sizeof<T>() == 4 ? <T>u32.MAX_VALUE : <T>u64.MAX_VALUE;
  return sizeof<T>() == 4 ? <T>i32.MAX_VALUE : <T>i64.MAX_VALUE;
}

/** Why a float that doesn't fit has no integer. */
export function unfit(value: f64): i32 { return value != value ? Trap.InvalidConversion : Trap.Overflow; }

/** Whether the quotient is the one that has no place in the type. */
@inline export function overflows<T>(dividend: T, divisor: T): bool {
  return divisor == <T>-1 && dividend == (sizeof<T>() == 4 ? <T>i32.MIN_VALUE : <T>i64.MIN_VALUE);
}
