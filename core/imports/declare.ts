/** What the import sets are declared with: functions, their parameters, and checked arguments as handlers take them. */
import { createNameReader } from '../base/bytes';
import { assert } from '../base/result';
import { type Guest, Refusal } from './guest';
import type {
  Argument,
  BytesForm,
  ImportFunction,
  Param,
  Returned,
  ScalarType,
  StateUse,
} from './import-set';

const maxNameLength = 256;

export function declare(
  doc: string,
  params: readonly Param[],
  rest: {
    readonly result?: ScalarType;
    readonly base?: number;
    readonly perByte?: number;
    readonly state?: StateUse;
    readonly run: (guest: Guest, args: readonly Argument[]) => Returned;
  },
): ImportFunction {
  return {
    doc,
    params,
    result: rest.result ?? null,
    gas: { base: rest.base ?? 50, perByte: rest.perByte ?? 1 },
    ...(rest.state === undefined ? {} : { state: rest.state }),
    run: rest.run,
  };
}

export function bytesIn(name: string, form: BytesForm): Param {
  return { kind: 'in', name, form };
}

export function bytesOut(form: BytesForm): Param {
  return { kind: 'out', name: 'out', form };
}

export function bytesOf(argument: Argument | undefined): Uint8Array {
  assert(argument instanceof Uint8Array, 'an `in` parameter is bound to bytes');
  return argument;
}

export function numberOf(argument: Argument | undefined): number {
  assert(typeof argument === 'number', 'an `out` parameter is bound to its capacity');
  return argument;
}

export function bounded(name: string, argument: Argument | undefined, most: number): Uint8Array {
  const bytes = bytesOf(argument);
  if (bytes.length > most)
    throw new Refusal('refused', `${name} of ${bytes.length} bytes; the most is ${most}`);
  return bytes;
}

export const nameOf = (name: string, argument: Argument | undefined): string =>
  readName(bounded(name, argument, maxNameLength));

/** Kernels and methods are few, and called by name with each message. */
export const readName = createNameReader();
