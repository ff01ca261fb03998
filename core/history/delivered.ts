/** Which receipt a message that was sent led to. */
import type { Message } from '../environment/message';
import type { Branch } from './branch';

/** Messages between the sender's receipt and this many later ones are looked through. */
const farthestLookedAt = 4096;
const atOnce = 100;

/**
 * The receipt of a message that the run of receipt `cause` sent; `null` while it has none. First in, first out, it has the
 * number of the message.
 */
export function deliveredAs(sent: Message, cause: number, branch: Branch): number | null {
  if (branch.receipt(sent.id)?.message.id === sent.id) return sent.id;
  const end = Math.min(branch.length, cause + 1 + farthestLookedAt);
  for (let start = cause + 1; start < end; start += atOnce) {
    const found = branch.receipts(start, atOnce).find(({ message }) => message.id === sent.id);
    if (found !== undefined) return found.index;
  }
  return null;
}
