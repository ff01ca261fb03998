import type { Address } from './address';

/** One-way, from a kernel to a kernel. A signal comes from outside the world and has no sender. */
export interface Message {
  /** Its number in the order in which the world accepted messages, from 0. */
  readonly id: number;
  readonly from: Address | null;
  readonly to: Address;
  readonly method: string;
  /** A dag-cbor list, one element for each parameter. */
  readonly args: Uint8Array;
  /** The method of the sender that takes the reply, when it wants one. */
  readonly replyTo: string | null;
  /** The most gas its run may use; `null` leaves it to the world's limits. */
  readonly gas: number | null;
  /**
   * Only of the word that no reply came: how many deliveries it is held back for. It is about the message that was sent
   * just before it, and is let go of when that one's reply is delivered first.
   */
  readonly heldFor?: number;
}

/** A message that no world has accepted yet. */
export type Draft = Omit<Message, 'id'>;
