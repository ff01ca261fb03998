/** The value of an expression. Total, without effects, and bounded as the expression is. */
import { type Result, err, ok } from '../../base/result';
import {
  type Datum,
  type Lookup,
  type Sequence,
  bitsOf,
  integer,
  lengthOf,
  loadScalar,
  nothing,
  text,
  valueToDatum,
} from './datum';
import { NoValue, applyBinary, applyUnary, convert, isInteger, isTrue } from './operations';
import { isScalarName } from './parse';
import { type Expression, type ExpressionFault, Mistake, mistakeToFault } from './syntax';

/** What expressions can see. */
export interface Scope {
  /** `undefined` for a name that nothing has. */
  named(name: string): Datum | Lookup | undefined;
  /** Shorter where the memory ends. */
  memory(address: number, length: number): Uint8Array;
  /** Functions of the debugger, beside conversions. `undefined` when there is none of that name. */
  readonly functions: ReadonlyMap<string, ScopeFunction>;
}

/** Of a part of the memory: its address and length. */
export type ScopeFunction = (bytes: Uint8Array) => Datum;

/** `source` is the text that it was read from. */
export const evaluate = (
  expression: Expression,
  scope: Scope,
  source: string,
): Result<Datum, ExpressionFault> => attempt(source, () => valueOf(expression, scope));

/** Whether it holds, as a condition. */
export const holds = (
  expression: Expression,
  scope: Scope,
  source: string,
): Result<boolean, ExpressionFault> =>
  attempt(source, () => {
    const value = valueOf(expression, scope);
    return at(expression, () => isTrue(value));
  });

function attempt<T>(source: string, act: () => T): Result<T, ExpressionFault> {
  try {
    return ok(act());
  } catch (error) {
    if (error instanceof Mistake) return err(mistakeToFault('no-value', error, source));
    throw error;
  }
}

/** The most bytes of memory that one expression reads at once. */
export const mostBytes = 65_536;

function valueOf(expression: Expression, scope: Scope): Datum {
  const datum = visit(expression);
  if (datum.type !== 'lookup') return datum;
  throw new Mistake('this can only be looked into, as in $state["key"] or $locals[0]', expression.at);

  function visit(part: Expression): Datum | Lookup {
    switch (part.kind) {
      case 'literal':
        return part.value;
      case 'name': {
        const found = scope.named(part.name);
        if (found !== undefined) return found;
        throw new Mistake(`there is no ${part.name} here`, part.at);
      }
      case 'unary':
        return at(part, () => applyUnary(part.operator, valueOf(part.operand, scope)));
      case 'binary':
        return binary(part);
      case 'choice':
        return visit(condition(part.condition) ? part.whenTrue : part.whenFalse);
      case 'index': {
        const of = visit(part.of);
        const key = valueOf(part.key, scope);
        return at(part, () => lookUp(of, key));
      }
      case 'load': {
        const bytes = read(part, part.address, integer(bitsOf(part.type) / 8));
        return loadScalar(part.type, bytes);
      }
      case 'call':
        return call(part);
    }
  }

  function binary(part: Expression & { readonly kind: 'binary' }): Datum {
    const { operator } = part;
    if (operator !== '&&' && operator !== '||') {
      const [left, right] = [valueOf(part.left, scope), valueOf(part.right, scope)];
      return at(part, () => applyBinary(operator, left, right));
    }
    const left = condition(part.left);
    return { type: 'bool', value: left === (operator === '||') ? left : condition(part.right) };
  }

  function condition(part: Expression): boolean {
    const value = valueOf(part, scope);
    return at(part, () => isTrue(value));
  }

  function call(part: Expression & { readonly kind: 'call' }): Datum {
    const { name, args } = part;
    const [first, second] = args;
    if (isScalarName(name)) {
      if (first === undefined || args.length !== 1) throw new Mistake(`${name} takes one value`, part.at);
      const value = valueOf(first, scope);
      return at(part, () => convert(name, value));
    }
    const run = scope.functions.get(name);
    if (run === undefined) throw new Mistake(`there is no function ${name}`, part.at);
    if (first === undefined || second === undefined || args.length !== 2) {
      throw new Mistake(`${name} takes an address and a length`, part.at);
    }
    return run(read(part, first, valueOf(second, scope)));
  }

  function read(part: Expression, addressPart: Expression, length: Datum): Uint8Array {
    const address = valueOf(addressPart, scope);
    if (!isInteger(address)) throw new Mistake(`${address.type} is no address`, addressPart.at);
    if (!isInteger(length)) throw new Mistake(`${length.type} is no length`, part.at);
    // A pointer that has its highest bit is read as a negative i32.
    const start = address.type === 'i32' ? BigInt.asUintN(32, address.value) : address.value;
    if (length.value < 0n || length.value > mostBytes) {
      throw new Mistake(`it reads ${length.value} bytes, of at most ${mostBytes} at once`, part.at);
    }
    const bytes =
      start < 0n || start >= 2n ** 32n ? noBytes : scope.memory(Number(start), Number(length.value));
    if (bytes.length === Number(length.value)) return bytes;
    throw new Mistake(`the memory ends before ${start + length.value}`, part.at);
  }
}

const noBytes = new Uint8Array();

function at<T>(part: Expression, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof NoValue) throw new Mistake(error.words, part.at);
    throw error;
  }
}

function lookUp(of: Datum | Lookup, key: Datum): Datum {
  const shown = isInteger(key) || key.type === 'string' ? JSON.stringify(String(key.value)) : key.type;
  switch (of.type) {
    case 'lookup': {
      const found = of.get(key);
      if (found === undefined) throw new NoValue(`there is no ${shown} in it`);
      return found;
    }
    case 'map': {
      if (key.type !== 'string') throw new NoValue(`a map has no ${shown}`);
      if (of.fields?.names.includes(key.value) === true) return of.fields.item(key.value);
      return Object.hasOwn(of.value, key.value) ? valueToDatum(of.value[key.value] ?? null) : nothing;
    }
    case 'list':
    case 'bytes':
    case 'string':
      if (key.type === 'string' && key.value === 'length') return integer(lengthOf(of));
      if (!isInteger(key)) throw new NoValue(`${of.type} has no ${shown}`);
      return item(of, Number(key.value));
    default:
      throw new NoValue(`${of.type} has no ${shown}`);
  }
}

/** Nothing where there is none. */
function item(of: Sequence, place: number): Datum {
  if (!(place >= 0 && place < lengthOf(of))) return nothing;
  switch (of.type) {
    case 'string':
      return text(of.value.charAt(place));
    case 'bytes':
      return integer(of.value[place] ?? 0, 'u8');
    case 'list':
      return of.elements?.item(place) ?? valueToDatum(of.value[place] ?? null);
  }
}
