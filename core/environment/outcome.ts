/** Why a run was cut short. The wording of the wasm traps is the core specification's. */
export type TrapReason =
  | 'unreachable'
  | 'integer divide by zero'
  | 'integer overflow'
  | 'invalid conversion to integer'
  | 'out of bounds memory access'
  | 'out of bounds table access'
  | 'undefined element'
  | 'uninitialized element'
  | 'indirect call type mismatch'
  | 'stack overflow'
  | 'out of gas'
  | 'abort'
  | 'uncaught error'
  | 'refused';

/**
 * A place in code. In wasm an instruction: index of the function, and byte offset in the module as it was given. In
 * JavaScript: index of the file in the bundle, and offset in its text.
 */
export interface CodePosition {
  readonly function: number;
  readonly offset: number;
  /** Of the function, where the code says it no other way. Not kept with a receipt. */
  readonly name?: string;
}

/** What became of one run. A contract's failure is an outcome, never an exception. */
export type Outcome =
  /** All of it is committed. `reply` is a dag-cbor value, or `null` when nothing was replied. */
  | { readonly kind: 'ok'; readonly reply: Uint8Array | null }
  /** It began to run and was cut short; nothing of it remains. `detail` is the contract's or import's own words. */
  | {
      readonly kind: 'trap';
      readonly reason: TrapReason;
      readonly detail: string | null;
      readonly position: CodePosition | null;
    }
  /** It never ran: no such kernel, no code, no such method, arguments that don't fit. */
  | { readonly kind: 'rejected'; readonly reason: string };

/** One line for people: `ok`, `trap: out of gas`, `rejected: no method …`. */
export const outcomeToText = (outcome: Outcome): string =>
  outcome.kind === 'ok' ? 'ok' : `${outcome.kind}: ${outcomeToReason(outcome)}`;

/** Why it did not go well, `out of gas` or `no method …`; empty when it did. */
export function outcomeToReason(outcome: Outcome): string {
  if (outcome.kind === 'ok') return '';
  if (outcome.kind === 'rejected') return outcome.reason;
  return outcome.detail === null ? outcome.reason : `${outcome.reason}: ${outcome.detail}`;
}
