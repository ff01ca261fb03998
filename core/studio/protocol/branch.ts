/** Calls about the branches of a world. All other calls are about the one that is worked on. */
import { z } from 'zod';
import { call, pageOf, range } from './declare';
import { wireValue } from './wire';
import { receiptRow, worldStatus } from './world';

const name = z.string();
const receiptIndex = z.int().min(0);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

export const branchRow = z
  .object({
    name,
    /** Receipts that are committed. */
    length: z.int(),
    /** `null` when it began with a world. */
    fork: z
      .object({
        /** Receipts that it shares with the branch that it is from. */
        at: z.int(),
        /** That branch; several when others were forked of it there as well, none when it was deleted. */
        from: z.array(name),
      })
      .readonly()
      .nullable(),
    /** Whether it is the one that is worked on. */
    current: z.boolean(),
  })
  .readonly();
export type BranchRow = z.infer<typeof branchRow>;

const change = z.discriminatedUnion('kind', [
  /** Another call in place of the message that the next receipt is of; the same call makes it again. */
  z.object({
    kind: z.literal('message'),
    method: z.string(),
    args: z.union([z.array(wireValue), z.record(z.string(), wireValue)]),
  }),
  z.object({
    kind: z.literal('answer'),
    kernel: z.string(),
    /** `kernel.time` */
    import: z.string(),
    /** Only the Nth call of a message, from 0; `null` for each. */
    call: z.int().min(0).nullable(),
    value: wireValue,
  }),
  /** The same with the words that the import refuses with. */
  z.object({
    kind: z.literal('failure'),
    kernel: z.string(),
    import: z.string(),
    call: z.int().min(0).nullable(),
    words: z.string(),
  }),
  /** One entry of a state; `null` deletes it. */
  z.object({ kind: z.literal('state'), kernel: z.string(), key: bytes, value: bytes.nullable() }),
  /** The code that the contract of this path was last built to. */
  z.object({ kind: z.literal('code'), kernel: z.string(), contract: z.string() }),
]);

const difference = z.enum(['call', 'outcome', 'gas', 'state', 'sends', 'logs']);

const comparedRow = z
  .object({
    left: receiptRow.nullable(),
    right: receiptRow.nullable(),
    /** What differs between two receipts that belong together. */
    differences: z.array(difference),
  })
  .readonly();

export const branchProtocol = {
  'branch.list': call('All branches, by name.', z.object(range), pageOf(branchRow)),
  'branch.fork': call(
    'Makes a branch that shares the first `at` receipts of another, with something changed there. `run` says how far it goes: `none` leaves on its way what is on its way, `rest` delivers it, `repeat` also sends the signals that came later. Can be aborted; the branch stays where it is then.',
    z.object({
      name,
      /** `null` is the one that is worked on. */
      of: name.nullable(),
      at: receiptIndex,
      changes: z.array(change),
      run: z.enum(['none', 'rest', 'repeat']),
    }),
    branchRow,
  ),
  'branch.switch': call(
    'Chooses the branch that is worked on, now and when the workspace is opened again.',
    z.object({ name }),
    worldStatus,
  ),
  'branch.rename': call('Gives a branch another name.', z.object({ name, to: name }), z.object({})),
  'branch.delete': call(
    'Takes the name of a branch away, which is not the one that is worked on. What others share of it stays.',
    z.object({ name }),
    z.object({}),
  ),
  'branch.compare': call(
    'Receipts of two branches side by side, from where they part. Can be aborted.',
    z.object({ left: name, right: name, ...range }),
    z.object({
      /** Receipts that both have, from the first one. */
      shared: z.int(),
      page: pageOf(comparedRow),
    }),
  ),
};
