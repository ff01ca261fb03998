import type { Hash } from '../base/hash';
import type { Message } from '../environment/message';
import type { Outcome } from '../environment/outcome';

/** What became of one message. */
export interface Receipt {
  /** Its place in the history of its branch, from 0. */
  readonly index: number;
  readonly message: Message;
  /** The receipt of the run that sent the message; `null` for a signal. */
  readonly cause: number | null;
  /** The receipt of the signal that it all began with; its own index for a signal. */
  readonly signal: number;
  /** The code that ran; `null` when none did. */
  readonly code: Hash | null;
  readonly outcome: Outcome;
  readonly gasUsed: number;
  /** Roots of the kernel's state tree; `null` while there is no such kernel. */
  readonly before: Hash | null;
  readonly after: Hash | null;
  /** What it sent, in order; their ids follow one another. */
  readonly sends: readonly Message[];
  readonly logs: readonly string[];
}
