/** Calls about the order of messages: which schedule the world keeps, what waits, and choosing by hand. */
import { z } from 'zod';
import { call, pageOf, range } from './declare';

const messageId = z.int().min(0);

/** One that can be chosen: first in first out, by hand, or drawn from a seed. */
const lastingSchedule = z.union([z.enum(['fifo', 'manual']), z.object({ seed: z.int().min(0) }).readonly()]);

export const waitingRow = z
  .object({
    id: messageId,
    /** `null` for a signal. */
    from: z.string().nullable(),
    to: z.string(),
    method: z.string(),
    /** The call's arguments in one line, shortened. */
    summary: z.string(),
    /** The receipt that sent it; `null` for a signal that nothing but the memory holds yet. */
    cause: z.int().min(0).nullable(),
    /** Whether it may be delivered next: nothing waits that its sender sent to its receiver before it. */
    mayGo: z.boolean(),
  })
  .readonly();
export type WaitingRow = z.infer<typeof waitingRow>;

export const scheduleProtocol = {
  'schedule.get': call(
    'Which mailbox goes next.',
    z.object({}),
    z.object({ schedule: z.union([lastingSchedule, z.literal('replay')]) }),
  ),
  'schedule.choose': call(
    'Changes which mailbox goes next, from now on. A message with a receipt.',
    z.object({ schedule: lastingSchedule }),
    z.object({ receipt: z.int() }),
  ),
  'schedule.waiting': call(
    'Messages that wait, in the order in which they were accepted.',
    z.object(range),
    pageOf(waitingRow),
  ),
  'schedule.deliver': call(
    'Delivers a waiting message out of turn. Those of one kernel to another stay in order.',
    z.object({ id: messageId }),
    z.object({ receipt: z.int() }),
  ),
  'schedule.drop': call(
    'Takes a waiting message out of its mailbox. A message with a receipt.',
    z.object({ id: messageId }),
    z.object({ receipt: z.int() }),
  ),
  'schedule.duplicate': call(
    'Sends a waiting message once more, behind all that waits. A message with a receipt.',
    z.object({ id: messageId }),
    z.object({ receipt: z.int() }),
  ),
};
