import type { Value } from '../base/value';
import type { Address } from './address';

/** A result given by hand in place of an import's own. An input of the run, kept with it. */
export interface Answer {
  readonly kernel: Address;
  /** `set.function`, as in `kernel.time`. */
  readonly import: string;
  /** Only the Nth call of a run, from 0; without it, each call. */
  readonly call?: number;
  /** A number for a scalar result; bytes or text for one that is written to memory; `null` for "not there". */
  readonly value: Value;
}
