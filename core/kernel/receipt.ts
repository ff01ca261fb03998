import type { Hash } from '../base/hash';
import type { Message } from '../environment/message';
import type { Outcome } from '../environment/outcome';
import type { Reception } from './receive';

/** What became of one message. */
export interface Receipt {
  /** Its place in the history of its branch, from 0. */
  readonly index: number;
  readonly message: Message;
  /** The receipt of the run that sent the message; `null` for a signal. */
  readonly cause: number | null;
  /** The receipt of the signal that it all began with; its own index for a signal. */
  readonly signal: number;
  /** How many messages lie between it and its signal; 0 for a signal. */
  readonly depth: number;
  /** How many messages might still follow from the signal when this one ran: an input of the run. */
  readonly room: number;
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

/** The part of a receipt that was settled before the message ran. */
export type ReceiptOrigin = Pick<Receipt, 'index' | 'message' | 'cause' | 'signal' | 'depth' | 'room'>;

/** Numbers what was sent from `firstSendId` on, and hashes the state: `emitBlock` is given each new block of it. */
export function createReceipt(
  origin: ReceiptOrigin,
  reception: Reception,
  firstSendId: number,
  emitBlock: (hash: Hash, block: Uint8Array) => void,
): Receipt {
  return {
    ...origin,
    code: reception.code,
    outcome: reception.outcome,
    gasUsed: reception.gasUsed,
    before: reception.before?.state.hash(emitBlock) ?? null,
    after: reception.after?.state.hash(emitBlock) ?? null,
    sends: reception.sends.map((draft, ordinal): Message => ({ ...draft, id: firstSendId + ordinal })),
    logs: reception.logs,
  };
}
