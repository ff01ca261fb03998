/** Calls about the order of messages: which schedule the world keeps, what waits, and choosing by hand. */
import { z } from 'zod';
import { call, pageOf, range } from './declare';
import { wireFault } from './wire';

const messageId = z.int().min(0);

/** One that can be chosen: first in first out, by hand, or drawn from a seed. */
const lastingSchedule = z.union([z.enum(['fifo', 'manual']), z.object({ seed: z.int().min(0) }).readonly()]);

/** One entry of a list: whose oldest message it is, whose sender when that matters, and what is done in place of its delivery. */
const turn = z
  .object({
    to: z.string(),
    /** `null` for signals; without it, whoever sent it. */
    from: z.string().nullable().optional(),
    intervention: z.enum(['drop', 'duplicate']).optional(),
  })
  .readonly();
export type WireTurn = z.infer<typeof turn>;

/** The most deliveries of one list. */
const mostDeliveries = 100_000;

const replayStatus = z
  .object({
    /** How many there are. */
    deliveries: z.int(),
    /** The one that is due next, from 0; after the last, messages go first in, first out. */
    next: z.int().min(0),
    /** Why nothing goes although messages wait: the mailbox that the list names is empty. */
    held: wireFault.nullable(),
  })
  .readonly();
export type ReplayStatus = z.infer<typeof replayStatus>;

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
    z.object({ schedule: z.union([lastingSchedule, replayStatus]) }),
  ),
  'schedule.choose': call(
    'Changes which mailbox goes next, from now on. A message with a receipt.',
    z.object({ schedule: lastingSchedule }),
    z.object({ receipt: z.int() }),
  ),
  'schedule.replay': call(
    'Gives a list of the deliveries that come next. A message with a receipt.',
    z.object({ deliveries: z.array(turn).max(mostDeliveries) }),
    z.object({ receipt: z.int() }),
  ),
  'schedule.deliveries': call('The list of deliveries that was chosen last.', z.object(range), pageOf(turn)),
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
