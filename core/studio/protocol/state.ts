/** Calls about whole states, of one kernel or of all below it. They may take long: each can be aborted. */
import { z } from 'zod';
import { call, pageSize } from './declare';
import { anyNumber, wireData } from './wire';
import { stateChange } from './world';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

/** The world after the first `at` receipts; `null` is now. */
const at = z.int().min(0).nullable();

/** The same on any branch; a number or `null` is of the one that is worked on. */
const point = z.union([at, z.object({ branch: z.string(), at }).readonly()]);

/** A kernel; with `below`, all kernels below it, too. */
const scope = { kernel: z.string(), below: z.boolean(), at };

const searchTerm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bytes'), bytes: bytes.refine(({ length }) => length > 0, 'expected some') }),
  z.object({ kind: z.literal('text'), text: z.string().min(1) }),
  z.object({ kind: z.literal('number'), number: z.union([anyNumber, z.bigint()]) }),
]);

const entryPlace = z.object({ kernel: z.string(), key: bytes }).readonly();

const foundEntry = z
  .object({
    kernel: z.string(),
    /** The key as text when it is UTF-8, else as `0x…`. */
    key: z.string(),
    rawKey: bytes,
    value: wireData,
    inKey: z.boolean(),
    inValue: z.boolean(),
  })
  .readonly();

const kernelSide = z.object({ codeName: z.string().nullable(), code: z.string().nullable() }).readonly();

/** A side is `null` when it doesn't have the kernel. */
const kernelChange = z
  .object({ kernel: z.string(), before: kernelSide.nullable(), after: kernelSide.nullable() })
  .readonly();

const storedSize = z.object({ blocks: z.int(), bytes: z.int() });

export const stateProtocol = {
  'state.search': call(
    'Entries that hold a term, in order of kernels and keys. Answers when it found `count`, when it looked at so many that it is time to show how far it came, or at the end; `next` is where to go on, `null` at the end.',
    z.object({
      ...scope,
      term: searchTerm,
      keys: z.boolean(),
      values: z.boolean(),
      after: entryPlace.nullable(),
      count: z.int().min(1).max(pageSize),
    }),
    z.object({
      rows: z.array(foundEntry),
      /** Entries that this answer looked at. */
      looked: z.int(),
      next: entryPlace.nullable(),
    }),
  ),
  'state.prove': call(
    "A proof, from the world's root, of what a key of a kernel holds, or that there is no such key or kernel.",
    z.object({ kernel: z.string(), at, key: bytes }),
    z.object({
      root: z.string(),
      holds: z.enum(['value', 'no-key', 'no-kernel']),
      value: wireData.nullable(),
      /** dag-cbor nodes, and the value itself when it is a block of its own. */
      blocks: z.array(bytes),
    }),
  ),
  'state.compare': call(
    'Kernels whose code, contract or state differs between two points, in order of addresses. `last` is the last one of the page before; `more` says whether there are others.',
    z.object({
      before: point,
      after: point,
      last: z.string().nullable(),
      count: z.int().min(1).max(pageSize),
    }),
    z.object({ rows: z.array(kernelChange), more: z.boolean() }),
  ),
  'state.compareKernel': call(
    'Entries of a kernel that differ between two points, in order of keys. `last` is the last key of the page before.',
    z.object({
      kernel: z.string(),
      before: point,
      after: point,
      last: bytes.nullable(),
      count: z.int().min(1).max(pageSize),
    }),
    z.object({ rows: z.array(stateChange), more: z.boolean() }),
  ),
  'state.statistics': call(
    'How large states are. `sharedWith` is another point, whose share of the stored blocks is told.',
    z.object({ ...scope, sharedWith: z.int().min(0).nullable() }),
    z.object({
      kernels: z.int(),
      entries: z.int(),
      nodes: z.int(),
      leaves: z.int(),
      /** Nodes on the longest way from a root to a leaf. */
      depth: z.int(),
      ...storedSize.shape,
      /** With what is equal counted once. */
      stored: storedSize.readonly(),
      shared: storedSize.readonly().nullable(),
    }),
  ),
};
