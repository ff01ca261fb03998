/** Values that people give in place of a run's own. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type ValuePlace, valueAt } from '../container/wasm-stepping/apply-edit';
import type { SteppingMachine } from '../container/wasm-stepping/machine';
import { type TypedValue, scalarToBits } from '../container/wasm-stepping/typed-value';
import type { Edit } from '../environment/edit';

/** The edit that puts a number in the place of another, named `what` in faults. A fault when it is none of that one's type. */
export function readValueEdit(
  machine: SteppingMachine,
  place: ValuePlace,
  { value, what }: { readonly value: unknown; readonly what: string },
): Result<Edit, Fault<'bad-edit' | 'bad-value'>> {
  const bits = readBits(valueAt(machine, place), value, what);
  return bits.ok ? ok({ ...place, bits: bits.value }) : bits;
}

function readBits(
  place: TypedValue | undefined,
  value: unknown,
  what: string,
): Result<bigint, Fault<'bad-edit' | 'bad-value'>> {
  if (place === undefined) return err(fault('bad-edit', `there is no ${what}`));
  const { type } = place;
  const isFloat = type === 'f32' || type === 'f64';
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (!isNumber || (typeof value === 'number' && !isFloat && !Number.isInteger(value))) {
    return err(fault('bad-value', `${what} is of the type ${type}, which this is no value of`));
  }
  if (isFloat) return ok(scalarToBits(type, Number(value)));
  const size = type === 'i64' ? 64n : 32n;
  const whole = BigInt(value);
  if (whole < -(1n << (size - 1n)) || whole >= 1n << size) {
    return err(fault('bad-value', `${whole} is out of the range of ${type}, the type of ${what}`));
  }
  return ok(BigInt.asUintN(Number(size), whole));
}
