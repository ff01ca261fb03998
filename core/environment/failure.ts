/**
 * The word that no reply will come. Whoever wants one gets a message that calls its method `failed` with the method that
 * was to take the reply, the address that was asked, and the reason.
 */
import { encodeValue } from '../base/value';
import type { Address } from './address';
import type { Draft } from './message';

const failureMethod = 'failed';

/** From an address that leads nowhere to the kernel that wanted a reply from there. */
export const createFailure = (asked: AskingDraft, reason: string): Draft => ({
  from: asked.to,
  to: asked.from,
  method: failureMethod,
  args: encodeValue([asked.replyTo, asked.to, reason]),
  replyTo: null,
  gas: null,
});

/** From a kernel to itself, held back until there were so many deliveries, and let go of when a reply comes before. */
export const createTimeout = (asked: Draft, within: number): Draft => ({
  from: asked.from,
  to: asked.from ?? asked.to,
  method: failureMethod,
  args: encodeValue([asked.replyTo, asked.to, `no reply within ${within} deliveries`]),
  replyTo: null,
  gas: null,
  heldFor: within,
});

/** A message that somebody waits for the reply of. */
export type AskingDraft = Draft & { readonly from: Address; readonly replyTo: string };
