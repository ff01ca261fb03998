import * as dagCbor from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { type Result, err, ok } from './result';
import { type Fault, fault } from './fault';

/**
 * The dag-cbor data model: what crosses every border of a contract. An integer is a `number` when it is a
 * safe one and a `bigint` otherwise.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | CID
  | readonly Value[]
  | { readonly [key: string]: Value };

export type ValueFault = Fault<'not-a-value'>;

export const encodeValue = (value: Value): Uint8Array => dagCbor.encode(value);

/** Bytes from a contract or from disk. Strict: refuses anything that is not canonical dag-cbor. */
export function decodeValue(bytes: Uint8Array): Result<Value, ValueFault> {
  try {
    return ok(dagCbor.decode<Value>(bytes));
  } catch (error) {
    return err(
      fault('not-a-value', `not a dag-cbor value: ${error instanceof Error ? error.message : error}`),
    );
  }
}

export const isLink = (value: Value): value is CID => CID.asCID(value) !== null;

export const isValueMap = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !isLink(value);
