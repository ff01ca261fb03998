/** Calls about the world and its history: answered by the world worker. Receipts are numbered from 0. */
import { z } from 'zod';
import { call, event, pageOf, range } from './declare';
import {
  anyNumber,
  codeFrame,
  contractInterface,
  outcome,
  wireBytes,
  wireData,
  wireFault,
  givenAnswer,
  wireValue,
} from './wire';

const address = z.string();
const receiptIndex = z.int().min(0);

export const kernelRow = z
  .object({
    address,
    name: z.string(),
    /** Path of the contract it was bound to; `null` for none. */
    codeName: z.string().nullable(),
    /** CID of its code; `null` for a kernel without code. */
    code: z.string().nullable(),
    childCount: z.int(),
  })
  .readonly();
export type KernelRow = z.infer<typeof kernelRow>;

/** One line of the timeline. */
export const receiptRow = z
  .object({
    index: receiptIndex,
    /** `null` for a signal. */
    from: address.nullable(),
    to: address,
    method: z.string(),
    /** The call's arguments in one line, shortened. */
    summary: z.string(),
    outcome: z.enum(['ok', 'trap', 'rejected']),
    /** `out of gas`, `no method …`; empty when ok. */
    reason: z.string(),
    gasUsed: z.number(),
    sends: z.int(),
    cause: receiptIndex.nullable(),
    signal: receiptIndex,
    /** How many messages deep it is below its signal. */
    depth: z.int(),
    stateChanged: z.boolean(),
  })
  .readonly();
export type ReceiptRow = z.infer<typeof receiptRow>;

const namedValue = z.object({ name: z.string(), type: z.string(), value: wireValue }).readonly();

const sentMessage = z
  .object({
    id: z.int(),
    to: address,
    method: z.string(),
    args: z.array(namedValue),
    replyTo: z.string().nullable(),
    /** Of the word that no reply came: it goes only when none did within so many deliveries. */
    heldFor: z.int().nullable(),
    /** The receipt it led to; `null` while it is still on its way. */
    receipt: receiptIndex.nullable(),
  })
  .readonly();

/** All that is kept of one message. What is recomputed has calls of its own. */
export const receiptDetail = z
  .object({
    row: receiptRow,
    id: z.int(),
    /** Decoded with the interface of the code that ran; by position when there was none. */
    args: z.array(namedValue),
    rawArgs: wireBytes,
    replyTo: z.string().nullable(),
    gasLimit: z.number(),
    code: z.string().nullable(),
    codeName: z.string().nullable(),
    outcome,
    before: z.string().nullable(),
    after: z.string().nullable(),
    sends: z.array(sentMessage),
    sendsTotal: z.int(),
    logs: z.array(z.string()),
    logsTotal: z.int(),
  })
  .readonly();
export type ReceiptDetail = z.infer<typeof receiptDetail>;

export const importCallRow = z
  .object({
    index: z.int(),
    set: z.string(),
    name: z.string(),
    args: z.array(
      z
        .object({
          name: z.string(),
          value: wireValue,
          /** Where in the memory the bytes were read; `null` for a scalar. */
          read: z.object({ pointer: z.int(), data: wireBytes }).nullable(),
        })
        .readonly(),
    ),
    result: z.union([anyNumber, z.bigint()]).nullable(),
    written: z.object({ pointer: z.int(), data: wireBytes, value: wireValue.optional() }).nullable(),
    answered: z.boolean(),
    gasLeft: z.number(),
    refused: z.string().nullable(),
    /** The calls that led to it, innermost first. */
    stack: z.array(codeFrame),
  })
  .readonly();
export type ImportCallRow = z.infer<typeof importCallRow>;

export const stateChange = z
  .object({
    /** The key as text when it is UTF-8, else as `0x…`. */
    key: z.string(),
    rawKey: wireBytes,
    before: wireData.nullable(),
    after: wireData.nullable(),
  })
  .readonly();
export type StateChange = z.infer<typeof stateChange>;

/** One row of the state browser: an entry, a level that holds more, or both. */
export const stateRow = z
  .object({
    /** The part of the key below the asked prefix, without a trailing `/`. */
    name: z.string(),
    /** The whole key, as bytes, to ask for the value or (with `/`) for the level below. */
    rawKey: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    level: z.boolean(),
    entry: wireData.nullable(),
  })
  .readonly();
export type StateRow = z.infer<typeof stateRow>;

export const worldStatus = z
  .object({
    state: z.enum(['starting', 'ready', 'running', 'unresponsive', 'stopped']),
    /** The branch that is worked on; empty while starting. */
    branch: z.string(),
    /** Receipts that are committed. */
    length: z.int(),
    pending: z.int(),
    /** CID of the world's root after the last commit; empty while starting. */
    root: z.string(),
    /** Why it stopped, when it did. */
    fault: wireFault.nullable(),
  })
  .readonly();
export type WorldStatus = z.infer<typeof worldStatus>;

/** `at` counts receipts: the world after the first `at` of them; `null` is now. */
const at = z.int().min(0).nullable();

export const worldProtocol = {
  'world.status': call('How the world is doing.', z.object({}), worldStatus),
  'world.changed': event(
    'The world was committed, or its status changed. At most 30 times a second.',
    worldStatus,
  ),
  'world.kernels': call(
    'Direct children of a kernel, by name. `after` is the name before the one at `start`: with it, a late page costs what the first one does.',
    z.object({ parent: address, at, ...range, after: z.string().optional() }),
    pageOf(kernelRow),
  ),
  'world.kernel': call(
    'One kernel and the interface of its code.',
    z.object({ address, at }),
    z.object({ kernel: kernelRow, interface: contractInterface.nullable() }),
  ),
  'world.signal': call(
    'Checks a signal against the interface, accepts it and starts to run. `args` by name or by position. Its receipt is none of the first `after`. With a manual schedule the message is the one that puts it into its mailbox.',
    z.object({
      to: address,
      method: z.string(),
      args: z.union([z.array(wireValue), z.record(z.string(), wireValue)]),
      gas: z.int().positive().nullable(),
    }),
    z.object({ id: z.int(), after: z.int().min(0) }),
  ),
  'world.delivered': call(
    'The receipt of a message, as soon as there is one from `after` on; `null` when the message is taken out of its mailbox. Fault `branch-left` when another branch is worked on meanwhile.',
    z.object({ id: z.int(), after: z.int().min(0) }),
    z.object({ receipt: receiptIndex.nullable() }),
  ),
  'world.stop': call(
    'Stops delivering after the current message; `world.continue` goes on.',
    z.object({}),
    worldStatus,
  ),
  'world.continue': call('Delivers what is pending.', z.object({}), worldStatus),
  'world.receipts': call('A page of the timeline, oldest first.', z.object(range), pageOf(receiptRow)),
  'world.receipt': call('One receipt, decoded.', z.object({ index: receiptIndex }), receiptDetail),
  'world.imports': call(
    'The import calls of a message, recomputed by running it again.',
    z.object({ index: receiptIndex, ...range }),
    pageOf(importCallRow),
  ),
  'world.environment': call(
    'The environment of a message as it was at its end, recomputed.',
    z.object({ index: receiptIndex }),
    z.object({
      message: z.object({ from: address.nullable(), to: address, method: z.string(), id: z.int() }),
      gasLimit: z.number(),
      gasUsed: z.number(),
      time: z.number(),
      seed: z.number(),
      pages: z.number(),
      stack: z.number(),
      answers: z.array(givenAnswer),
      writes: z.int(),
      sends: z.int(),
      logs: z.array(z.string()),
      reply: wireData.nullable(),
      randomDrawn: z.int(),
    }),
  ),
  'world.changes': call(
    "What a message changed in its kernel's state, by key.",
    z.object({ index: receiptIndex, ...range }),
    pageOf(stateChange),
  ),
  'world.state': call(
    "One level of a kernel's state. `prefix` is empty or ends with `/`; `after` is the last name of the page before.",
    z.object({
      kernel: address,
      at,
      prefix: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      after: z.string().nullable(),
      count: range.count,
    }),
    z.object({ rows: z.array(stateRow), more: z.boolean() }),
  ),
  'world.value': call(
    'A part of one value, at most 64 KiB.',
    z.object({
      kernel: address,
      at,
      key: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      offset: z.int().min(0),
    }),
    z.object({ value: wireData.nullable() }),
  ),
};
