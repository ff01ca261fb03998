/** Changes by hand in the midst of a run. They are inputs of it: kept with it, and made again whenever it runs again. */
import type { AnsweredCalls, Given } from './answer';

export type Edit =
  /** Of a call by its place, innermost 0. The bits of a number, as many as its type has. */
  | {
      readonly kind: 'local' | 'operand';
      readonly frame: number;
      readonly index: number;
      readonly bits: bigint;
    }
  | { readonly kind: 'global'; readonly index: number; readonly bits: bigint }
  | { readonly kind: 'memory'; readonly address: number; readonly bytes: Uint8Array }
  /** What later calls of an import give: each, or only the Nth one of the run, from 0. As in an `Answer`. */
  | ({ readonly kind: 'answer' } & Omit<AnsweredCalls, 'kernel'> & Given);

export interface EditAt {
  /** It is made just before the instruction of this number. */
  readonly count: number;
  readonly edit: Edit;
}

/** Of the run of one message, in the order in which they are made. */
export interface MessageEdits {
  /** Its id. */
  readonly message: number;
  readonly edits: readonly EditAt[];
}
