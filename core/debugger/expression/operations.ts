/** What the operators of expressions do. Throws words for what has no value. */
import { bytesEqual } from '../../base/bytes';
import { type Value, encodeValue } from '../../base/value';
import {
  type Datum,
  type FloatType,
  type IntegerType,
  type ScalarName,
  bitsOf,
  elementsBeyond,
  integer,
  valueToDatum,
} from './datum';
import type { BinaryOperator, UnaryOperator } from './syntax';

/** Words of why there is no value; whoever catches it knows the place. */
export class NoValue {
  readonly words: string;
  constructor(words: string) {
    this.words = words;
  }
}

type Integer = Datum & { readonly type: IntegerType };
type Float = Datum & { readonly type: FloatType };

/** Integers on the way to a result may be larger than any that a machine has, but not without bound. */
const mostBits = 512;
const longestText = 1 << 16;

/** As code has it: what is not zero is true. */
export function isTrue(datum: Datum): boolean {
  if (datum.type === 'bool') return datum.value;
  if (datum.type === 'null') return false;
  if (isInteger(datum)) return datum.value !== 0n;
  if (isFloat(datum)) return datum.value !== 0 && !Number.isNaN(datum.value);
  throw new NoValue(`${datum.type} is neither true nor false`);
}

export function applyUnary(operator: UnaryOperator, operand: Datum): Datum {
  if (operator === '!') return { type: 'bool', value: !isTrue(operand) };
  if (isInteger(operand)) return integer(operator === '-' ? -operand.value : ~operand.value);
  if (operator === '-' && isFloat(operand)) return { type: 'f64', value: -operand.value };
  throw new NoValue(`${operator} does not take ${operand.type}`);
}

/** All but `&&` and `||`, which may leave their right side alone. */
export function applyBinary(
  operator: Exclude<BinaryOperator, '&&' | '||'>,
  left: Datum,
  right: Datum,
): Datum {
  switch (operator) {
    case '==':
    case '!=':
      return { type: 'bool', value: areEqual(left, right) === (operator === '==') };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { type: 'bool', value: isOrdered(operator, left, right) };
    default:
      return compute(operator, left, right);
  }
}

function areEqual(left: Datum, right: Datum): boolean {
  const [first, second] = [asNumber(left), asNumber(right)];
  if (first !== null && second !== null) return isSameNumber(first, second);
  if (left.type !== right.type) return false;
  if (left.type === 'bytes' && right.type === 'bytes') return bytesEqual(left.value, right.value);
  if (left.type === 'list' && right.type === 'list') return areListsEqual(left, right);
  if (left.type === 'map' && right.type === 'map') return areMapsEqual(left.value, right.value);
  if (typeof left.value !== 'object' || typeof right.value !== 'object') return left.value === right.value;
  return bytesEqual(encodeValue(left.value), encodeValue(right.value));
}

type List = Datum & { readonly type: 'list' };

function areListsEqual(left: List, right: List): boolean {
  const isCut = [left, right].some((list) => elementsBeyond(list, list.value.length) > 0);
  if (isCut) throw new NoValue('a list this long is not compared as a whole');
  return (
    left.value.length === right.value.length &&
    left.value.every((item, place) => areEqual(valueToDatum(item), valueToDatum(right.value[place] ?? null)))
  );
}

function areMapsEqual(left: ValueMap, right: ValueMap): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        areEqual(valueToDatum(left[name] ?? null), valueToDatum(right[name] ?? null)),
    )
  );
}

type ValueMap = { readonly [key: string]: Value };

/** An integer and a float are compared exactly, as the language does with `<`. */
function isSameNumber(left: number | bigint, right: number | bigint): boolean {
  if (typeof left === typeof right) return left === right;
  const isComparable = !Number.isNaN(left) && !Number.isNaN(right);
  return isComparable && !(left < right) && !(left > right);
}

function isOrdered(operator: '<' | '<=' | '>' | '>=', left: Datum, right: Datum): boolean {
  const areTexts = left.type === 'string' && right.type === 'string';
  const first = areTexts ? left.value : asNumber(left);
  const second = areTexts ? right.value : asNumber(right);
  if (first === null || second === null) {
    throw new NoValue(`${operator} doesn't compare ${left.type} with ${right.type}`);
  }
  switch (operator) {
    case '<':
      return first < second;
    case '<=':
      return first <= second;
    case '>':
      return first > second;
    case '>=':
      return first >= second;
  }
}

type Computing = Exclude<BinaryOperator, '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>='>;

function compute(operator: Computing, left: Datum, right: Datum): Datum {
  if (operator === '+' && left.type === 'string' && right.type === 'string') {
    if (left.value.length + right.value.length > longestText) throw new NoValue('the text gets too long');
    return { type: 'string', value: left.value + right.value };
  }
  if (isInteger(left) && isInteger(right)) {
    const value = computeIntegers(operator, left.value, right.value);
    if (BigInt.asIntN(mostBits, value) !== value) throw new NoValue('the number gets too large');
    return integer(value);
  }
  const isNumber = (datum: Datum) => isInteger(datum) || isFloat(datum);
  if (isNumber(left) && isNumber(right)) {
    return { type: 'f64', value: computeFloats(operator, Number(left.value), Number(right.value)) };
  }
  throw new NoValue(`${operator} doesn't take ${left.type} and ${right.type}`);
}

function computeIntegers(operator: Computing, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0n) throw new NoValue('it divides by zero');
      return operator === '/' ? left / right : left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
    case '>>':
      if (right < 0n || right >= mostBits) throw new NoValue(`it shifts by ${right} bits`);
      return operator === '<<' ? left << right : left >> right;
  }
}

function computeFloats(operator: Computing, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      throw new NoValue(`${operator} takes integers alone`);
  }
}

/** To a type of the machine: integers lose the bits that don't fit, floats what follows the point. */
export function convert(type: ScalarName, datum: Datum): Datum {
  const number = asNumber(datum);
  if (number === null) throw new NoValue(`${datum.type} is no number`);
  if (type === 'f64') return { type, value: Number(number) };
  if (type === 'f32') return { type, value: Math.fround(Number(number)) };
  if (typeof number === 'number' && !Number.isFinite(number)) throw new NoValue(`${number} is no integer`);
  const whole = typeof number === 'number' ? BigInt(Math.trunc(number)) : number;
  const isSigned = type.startsWith('i');
  return integer(isSigned ? BigInt.asIntN(bitsOf(type), whole) : BigInt.asUintN(bitsOf(type), whole), type);
}

/** Truth values are the numbers that code has for them. */
function asNumber(datum: Datum): number | bigint | null {
  if (datum.type === 'bool') return datum.value ? 1n : 0n;
  return isInteger(datum) || isFloat(datum) ? datum.value : null;
}

export const isInteger = (datum: Datum): datum is Integer => typeof datum.value === 'bigint';
const isFloat = (datum: Datum): datum is Float => typeof datum.value === 'number';
