/** The uniform way to work with one kind of virtual machine. */
import type { Disposable } from '../base/disposal';
import type { Fault } from '../base/fault';
import type { Result } from '../base/result';
import type { Environment } from '../environment/environment';
import type { Limits } from '../environment/limits';
import type { Outcome } from '../environment/outcome';
import type { ImportSet } from '../imports/import-set';
import type { Observer } from '../imports/trace';

export type CodeFault = Fault<'malformed-code' | 'invalid-code' | 'unsupported-code' | 'missing-import'>;

/** A wasm value as it enters or leaves: i64 as bigint (signed), the others as number. */
export type Scalar = number | bigint;

/** Which export to call, and with what. The kernel has checked both against the code's interface. */
export interface Entry {
  readonly name: string;
  readonly args: readonly Scalar[];
}

export interface RunResult {
  /** `ok` carries the environment's reply; the entry's own wasm result is `returned`. */
  readonly outcome: Outcome;
  readonly returned: Scalar | null;
  readonly gasUsed: number;
}

/** Code made ready to run any number of times. Runs share nothing: each sees a fresh instance. */
export interface LoadedCode extends Disposable {
  /**
   * Runs one entry to its end. The environment collects writes, sends, logs and the reply; whether to keep them
   * is the caller's choice, by the outcome. Never throws for anything the code does.
   */
  run(entry: Entry, environment: Environment, observer: Observer | null): RunResult;
}

export interface VmContainer {
  readonly kind: string;
  /** Whether the code is of this kind, by its first bytes. */
  accepts(code: Uint8Array): boolean;
  /**
   * Checks and prepares code. A fault carries the byte offset and what was found there; an import that no set
   * offers is named.
   */
  load(code: Uint8Array, imports: readonly ImportSet[], limits: Limits): Result<LoadedCode, CodeFault>;
}
