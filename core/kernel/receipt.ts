import type { Hash } from '../base/hash';
import type { Draft, Message } from '../environment/message';
import type { Outcome } from '../environment/outcome';
import type { StateTree } from '../state/tree';
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
  /**
   * Virtual time of its run: how many messages had been delivered when it began. Its index, unless others were delivered
   * while a breakpoint held it back.
   */
  readonly time: number;
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

/** Gives the root of a state tree, and keeps its new blocks where they are to be found again. */
export type HashTree = (tree: StateTree) => Hash;

/** The part of a receipt that was settled before the message ran. */
export type ReceiptOrigin = Pick<
  Receipt,
  'index' | 'message' | 'cause' | 'signal' | 'depth' | 'time' | 'room'
>;

/** Numbers what was sent from `firstSendId` on. */
export function createReceipt(
  origin: ReceiptOrigin,
  reception: Reception,
  firstSendId: number,
  hashTree: HashTree,
): Receipt {
  const { before, after } = reception;
  const rootBefore = before === undefined ? null : hashTree(before.state);
  // Field by field: every message passes here, and copies of whole objects cost more than all the rest.
  return {
    index: origin.index,
    message: origin.message,
    cause: origin.cause,
    signal: origin.signal,
    depth: origin.depth,
    time: origin.time,
    room: origin.room,
    code: reception.code,
    outcome: reception.outcome,
    gasUsed: reception.gasUsed,
    before: rootBefore,
    after: after === before ? rootBefore : after === undefined ? null : hashTree(after.state),
    sends: reception.sends.map((draft, ordinal) => acceptMessage(draft, firstSendId + ordinal)),
    logs: reception.logs,
  };
}

function acceptMessage({ from, to, method, args, replyTo, gas, heldFor }: Draft, id: number): Message {
  const message = { id, from, to, method, args, replyTo, gas };
  return heldFor === undefined ? message : { ...message, heldFor };
}
