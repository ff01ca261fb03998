import type { Value } from '../base/value';
import type { CodePosition } from '../environment/outcome';
import type { BytesForm } from './import-set';

/** One import call as it was seen by an observer. Recomputed by running a message again, never stored. */
export interface ImportCall {
  /** Its place in the run, from 0. */
  readonly index: number;
  readonly set: string;
  readonly name: string;
  readonly args: readonly TracedArgument[];
  /** The wasm result, or `null` for none. */
  readonly result: number | bigint | null;
  /** What an `out` parameter was given, whole; `null` when absent or when there is none. */
  readonly written: (TracedBytes & { readonly form: BytesForm }) | null;
  /** Whether the result was an answer given by hand. */
  readonly answered: boolean;
  readonly gasLeft: number;
  /** The words of the refusal when the call ended the run. */
  readonly refused: string | null;
  /** The calls that led to it, innermost first. */
  readonly stack: readonly CodePosition[];
}

export interface TracedArgument {
  readonly name: string;
  /** Scalars as they are; bytes decoded by the declared form when they decode, else as bytes. */
  readonly value: Value;
  /** Where the bytes were read, for an `in` parameter. */
  readonly read: TracedBytes | null;
}

export interface TracedBytes {
  readonly pointer: number;
  readonly bytes: Uint8Array;
}

/** Sees a run as it happens. Nothing is built for it when there is none. */
export interface Observer {
  onImport(call: ImportCall): void;
  /** A trap in the code itself, with the calls that led to it, innermost first. What an import refuses is its call's. */
  onTrap(stack: readonly CodePosition[]): void;
}
