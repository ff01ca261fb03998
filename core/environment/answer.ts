import type { Value } from '../base/value';
import type { Address } from './address';

/** What is given by hand in place of an import's own result. An input of the run, kept with it. */
export type Answer = AnsweredCalls & Given;

export type Given = GivenValue | GivenFailure;

export interface AnsweredCalls {
  readonly kernel: Address;
  /** `set.function`, as in `kernel.time`. */
  readonly import: string;
  /** Only the Nth call of a run, from 0; without it, each call. */
  readonly call?: number;
}

interface GivenValue {
  /** A number for a scalar result; bytes or text for one that is written to memory; `null` for "not there". */
  readonly value: Value;
}

interface GivenFailure {
  /** The import refuses, and these are its words. */
  readonly fail: string;
}
