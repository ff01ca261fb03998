/**
 * An import set declared as data. Binding, bounds checks, gas, traces, documentation and the SDK's externs are
 * all derived from this one declaration; a handler only ever sees checked values.
 */
import type { Guest } from './guest';

export type ScalarType = 'i32' | 'i64' | 'f32' | 'f64';

/** How the bytes behind a pointer are shown to people: as they are, as text, or as a dag-cbor value. */
export type BytesForm = 'bytes' | 'text' | 'value';

/**
 * One parameter as people see it. `scalar` takes one wasm parameter. `in` takes two, pointer and length, and
 * hands the handler the bytes. `out` takes two, pointer and capacity, and must be last: the handler returns the
 * bytes (or `null`), as many as fit are written, and the wasm result is their whole length (or -1). With `filled` the
 * handler always gives as many bytes as there is room for, so they are paid for before it runs.
 */
export type Param =
  | { readonly kind: 'scalar'; readonly name: string; readonly type: ScalarType }
  | { readonly kind: 'in'; readonly name: string; readonly form: BytesForm }
  | {
      readonly kind: 'out';
      readonly name: string;
      readonly form: BytesForm;
      readonly filled?: true;
    };

/**
 * A checked argument: i64 as bigint, other scalars as number, `in` as a view of the memory (copy to keep), `out` as
 * its capacity.
 */
export type Argument = number | bigint | Uint8Array;

/** What a handler returns: its scalar, the bytes of its `out` parameter, or nothing. */
export type Returned = number | bigint | Uint8Array | null | undefined;

/** A function of a set, as everything but its handler. */
export interface DeclaredFunction {
  /** One or two sentences for a contract author. */
  readonly doc: string;
  readonly params: readonly Param[];
  /** The wasm result; `null` for none. With an `out` parameter it is always `i32`. */
  readonly result: ScalarType | null;
  /** `base`, and `perByte` for each byte in, charged before the handler runs; `perByte` for each byte out, when it goes. */
  readonly gas: { readonly base: number; readonly perByte: number };
  /** The entry of the state that it reads or writes; left out when it does neither. */
  readonly state?: StateUse;
}

export interface ImportFunction extends DeclaredFunction {
  /** May throw a {@link Refusal}, which ends the run with a trap. `args` holds one element for each parameter. */
  readonly run: (guest: Guest, args: readonly Argument[]) => Returned;
}

export interface StateUse {
  readonly access: 'read' | 'write';
  /** Name of the parameter that has the key. */
  readonly key: string;
  /** The entry of that key, or the one after it. */
  readonly entry: 'same' | 'next';
}

/** A set without its handlers: what bindings, documentation and traces are derived from. */
export interface DeclaredSet<F extends DeclaredFunction = DeclaredFunction> {
  /** The wasm module name under which the functions are imported. */
  readonly name: string;
  readonly doc: string;
  readonly functions: Readonly<Record<string, F>>;
}

export interface ImportSet extends DeclaredSet<ImportFunction> {}
