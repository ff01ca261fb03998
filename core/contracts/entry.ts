/** How a message becomes the call of an export: by the interface, checked once for each code. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { shorten } from '../base/shorten';
import { type Value, decodeValue, encodeValue } from '../base/value';
import type { ContractDescription } from './describe';
import type { ContractInterface, Method } from './interface';
import { type ReadType, type Type, createTypeReader, isScalarType, mismatchOf, typeToText } from './types';

/** A wasm value as it enters or leaves: i64 as signed bigint, the others as number. */
export type Scalar = number | bigint;

export interface MethodCall {
  readonly entry: { readonly name: string; readonly args: readonly Scalar[] };
  /** The type that the wasm result is a value of; `null` when there is none, or the contract replies by itself. */
  readonly result: Type | null;
}

export type CallFault = Fault<'no-method' | 'wrong-arguments'>;

/** The methods of one code, ready to be called. */
export interface MethodTable {
  /** `args` is a dag-cbor list, one element for each parameter. */
  resolve(method: string, args: Uint8Array): Result<MethodCall, CallFault>;
}

export function createMethodTable({ contract, shape }: ContractDescription): MethodTable {
  const callByMethod = new Map<string, (args: Uint8Array) => Result<MethodCall, CallFault>>();
  const wasmTypeByName = new Map(
    shape.exports.flatMap(({ name, type }) => (type === null ? [] : [[name, type]])),
  );
  const readType = createTypeReader(contract.records);
  for (const method of contract.methods) {
    const wasmType = wasmTypeByName.get(method.name);
    const types = typesOf(method, readType);
    if (wasmType === undefined || types === null) continue;
    const takesScalars = wasmType.params.length === method.params.length && types.params.every(isScalarType);
    const result = wasmType.results.length === 1 ? types.result : null;
    const none = { entry: { name: method.name, args: [] }, result };
    callByMethod.set(method.name, (bytes) => {
      const args = decodeArguments(bytes, method, types.params);
      if (!args.ok) return args;
      if (!takesScalars || args.value.length === 0) return ok(none);
      return ok({
        entry: {
          name: method.name,
          args: args.value.map((value, index) => valueToScalar(value, types.params[index])),
        },
        result,
      });
    });
  }
  const takesAll = wasmTypeByName.get('receive');
  const receive: MethodCall = { entry: { name: 'receive', args: [] }, result: null };

  return {
    resolve(method, args) {
      const call = callByMethod.get(method);
      if (call !== undefined) return call(args);
      if (takesAll?.params.length === 0) return ok(receive);
      const words = `no method ${shorten(method, longestName)}; the contract has ${namesOf(contract)}`;
      return err(fault('no-method', words));
    },
  };
}

/** The wasm result as the reply's dag-cbor value. Unsigned types take the number's bits as such. */
export function encodeReturned(type: Type, scalar: Scalar): Uint8Array {
  if (type.kind === 'bool') return encodeValue(scalar !== 0);
  if (type.kind !== 'integer') return floatToBytes(Number(scalar));
  const exact = type.signed
    ? BigInt.asIntN(type.bits, BigInt(scalar))
    : BigInt.asUintN(type.bits, BigInt(scalar));
  return encodeValue(bigintToInteger(exact));
}

/** In the words of a receipt, a contract is not listed whole. */
const mostNames = 20;
const longestName = 64;

function namesOf({ methods }: ContractInterface): string {
  if (methods.length === 0) return 'none';
  const names = methods.slice(0, mostNames).map(({ name }) => shorten(name, longestName));
  const more = methods.length - names.length;
  return `${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

function typesOf(
  { params, result }: Method,
  readType: ReadType,
): { readonly params: readonly Type[]; readonly result: Type | null } | null {
  const parsed = params.map(({ type }) => readType(type));
  const parsedResult = result === null ? ok(null) : readType(result);
  if (!parsedResult.ok) return null;
  const types = parsed.flatMap((type) => (type.ok ? [type.value] : []));
  return types.length === params.length ? { params: types, result: parsedResult.value } : null;
}

function decodeArguments(
  bytes: Uint8Array,
  { name, params }: Method,
  types: readonly Type[],
): Result<readonly Value[], CallFault> {
  const wrong = (words: string) => err(fault('wrong-arguments', `${name}: ${words}`));
  const decoded = decodeValue(bytes);
  if (!decoded.ok) return wrong(`the arguments are ${decoded.error.message}`);
  const values = decoded.value;
  if (!isList(values)) return wrong('the arguments are not a list');
  if (values.length !== types.length) {
    const signature = params
      .map((param, index) => `${param.name}: ${typeToText(types[index] ?? anyType)}`)
      .join(', ');
    return wrong(`it takes (${signature}), and was given ${values.length} arguments`);
  }
  for (const [index, type] of types.entries()) {
    const mismatch = mismatchOf(values[index] ?? null, type, params[index]?.name ?? '');
    if (mismatch !== null) return wrong(mismatch);
  }
  return ok(values);
}

const anyType: Type = { kind: 'value' };

/** The value fits its type. */
function valueToScalar(value: Value, type: Type | undefined): Scalar {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (type?.kind === 'integer' && type.bits === 64)
    return BigInt.asIntN(64, BigInt(value as number | bigint));
  // Through `| 0`, as wasm has 32-bit integers without a sign.
  return type?.kind === 'integer' ? Number(value) | 0 : Number(value);
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** dag-cbor has no words for what is not a number; these stand for it. */
function floatToBytes(float: number): Uint8Array {
  if (!Number.isFinite(float)) return encodeValue(String(float));
  const bytes = new Uint8Array(9);
  bytes[0] = cborFloat64;
  new DataView(bytes.buffer).setFloat64(1, float);
  return bytes;
}

const cborFloat64 = 0xfb;

const bigintToInteger = (exact: bigint): number | bigint =>
  exact >= Number.MIN_SAFE_INTEGER && exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
