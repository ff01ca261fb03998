/** Questions to the past of a branch. What an index of it lacks is made to answer them: each can be aborted. */
import { z } from 'zod';
import { call, pageSize } from './declare';
import { wireData } from './wire';
import { receiptRow } from './world';

const address = z.string();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

const statePath = z.union([
  /** All of a kernel's state; with `below`, that of all kernels below it, too. */
  z.object({ kernel: address, below: z.boolean() }),
  /** One key; with `level` also those that go on with a `/`; with `prefix` all that begin so. */
  z.object({ kernel: address, key: bytes, match: z.enum(['key', 'level', 'prefix']) }),
]);

const filter = z.object({
  /** The sender; `null` for signals. */
  from: address.nullable().optional(),
  to: address.optional(),
  method: z.string().optional(),
  outcome: z.enum(['ok', 'trap', 'rejected']).optional(),
  /** `kernel.time`. This and what was read is known by running messages again, once. */
  uses: z.string().optional(),
  wrote: statePath.optional(),
  read: statePath.optional(),
  touched: statePath.optional(),
});

const asked = {
  /** `null` is the one that is worked on. */
  branch: z.string().nullable(),
  order: z.enum(['newest', 'oldest']),
  /** The first receipt to look at; `null` begins at the end that comes first. */
  from: z.int().min(0).nullable(),
  count: z.int().min(1).max(pageSize),
};

/**
 * Fewer rows than were asked for, and yet a `next`, means that the index had to be made and it is time to show how far it is.
 */
const answered = {
  /** The receipt to go on from; `null` when there are no more. */
  next: z.int().nullable(),
  /** Receipts of the branch. */
  length: z.int(),
};

const storageSize = z
  .object({
    /** Bytes that the store takes of the disk … */
    whole: z.int(),
    /** … and how many of these hold something. */
    used: z.int(),
  })
  .readonly();

export const historyProtocol = {
  'history.find': call(
    'Receipts that hold to all that is asked. The newest one that wrote a key is who wrote it last.',
    z.object({ ...asked, filter }),
    z.object({ ...answered, rows: z.array(receiptRow) }),
  ),
  'history.values': call(
    'The receipts that changed one key, with what it held before and after each; `null` is nothing.',
    z.object({ ...asked, kernel: address, key: bytes }),
    z.object({
      ...answered,
      rows: z.array(
        z.object({ receipt: receiptRow, before: wireData.nullable(), after: wireData.nullable() }).readonly(),
      ),
    }),
  ),
  'history.collect': call(
    'Frees what no branch reaches. The world goes on meanwhile. Can be aborted, and done again.',
    z.object({}),
    z.object({ blocks: z.int(), bytes: z.int(), before: storageSize, after: storageSize }),
  ),
};
