import type { SignalArgs } from './method-form';

/** A signal as it was sent. */
export interface SentSignal {
  readonly to: string;
  readonly method: string;
  readonly args: SignalArgs;
  readonly gas: string;
  /** The place of its receipt; `null` until it is delivered. */
  readonly receipt: number | null;
}
