/** What calls about stepping have in common: places, stops, values. */
import { z } from 'zod';
import { codeFrame, outcome, wireValue } from './wire';

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

export const sessionId = z.int().min(0);

/** A moment of a run: the instructions that were executed before it. */
export const moment = z.int().min(0);

/** The most bytes of memory in one answer. */
export const mostMemory = 65_536;

/** A place in the code as people name it. */
export const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), file: z.string(), line: z.int().min(1) }),
  /** Of an instruction in the module. */
  z.object({ kind: z.literal('offset'), offset: z.int().min(0) }),
  /** By index: its entry. */
  z.object({ kind: z.literal('function'), function: z.int().min(0) }),
]);

/** Why a session stands where it stands. */
const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }),
  /** It did the move that it was asked for. */
  z.object({ kind: z.literal('moved') }),
  /** Nothing further was found on the way back: it stands at the beginning. */
  z.object({ kind: z.literal('start') }),
  /** The run is over, or nothing further was found on the way to its end. */
  z.object({ kind: z.literal('end') }),
  /** Just before the trap that ends the run. */
  z.object({ kind: z.literal('trap'), reason: z.string(), detail: z.string().nullable() }),
  z.object({
    kind: z.literal('breakpoint'),
    hits: z.array(
      z.object({
        /** Its id. */
        breakpoint: z.int(),
        /** What of it was met, in words: `kernel.state_set("balance", 7)`, `0x10..0x18 was written`. */
        words: z.string(),
      }),
    ),
  }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('edited') }),
  /** An edit was taken back. */
  z.object({ kind: z.literal('undone') }),
]);

/** Where a session stands. */
export const stop = z
  .object({
    session: sessionId,
    /** `null` while the message waits to be delivered. */
    receipt: z.int().nullable(),
    message: z.object({
      id: z.int(),
      from: z.string().nullable(),
      to: z.string(),
      method: z.string(),
    }),
    /** CID of the code that runs. */
    code: z.string(),
    /** The contract that it was built from, as a path of the workspace; `null` when there is none. */
    codeName: z.string().nullable(),
    reason,
    count: moment,
    /** The next instruction; `null` at the end of a run that went well. */
    place: codeFrame.nullable(),
    /** The call whose place and values are shown first, 0 the innermost: after a trap, a breakpoint or a pause in the library, that of the author's code. */
    shown: z.object({ index: z.int(), place: codeFrame.nullable() }),
    /** `set.function` of the import that it calls; `null` when it is no call of one. */
    nextImport: z.string().nullable(),
    /** Calls that are on; 0 at the end of a run that went well. */
    depth: z.int(),
    gasLeft: z.number(),
    /** The run's last moment and what became of it; `null` until it was followed to it. */
    end: z.object({ count: moment, outcome }).nullable(),
    /** Edits that lie before this moment: with any, this is what would have been. */
    whatIf: z.int(),
    /** Edits of this session at all moments. */
    edits: z.int(),
    /** What is to be said about it all, as that the code was replaced meanwhile; often nothing. */
    notes: z.array(z.string()),
  })
  .readonly();
export type DebugStop = z.infer<typeof stop>;

/** Elements of a list that its value leaves out. */
const more = z.int();

/** A local, an operand or a global. */
export const valueRow = z
  .object({
    index: z.int(),
    /** As the code's names have it. */
    name: z.string().nullable(),
    /** `i32`, `i64`, `f32`, `f64`, `funcref`, `externref`. */
    type: z.string(),
    /** All its bits, unsigned. What is small may cross as a number. */
    bits: z.union([z.bigint(), z.int()]).transform(BigInt),
    /** Integers signed; a reference as its index; `null` for none. */
    value: wireValue,
    /** As the source has it, where it is known there: `string` and `"alice"` of an address. */
    source: z.object({ type: z.string(), value: wireValue, more }).nullable(),
    /** Whether it is not what it was at the stop before. */
    changed: z.boolean(),
  })
  .readonly();

/** What became of an expression. */
export const evaluated = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    value: wireValue,
    more,
    /** `i32`, `u64`, `string`, `bool`, `bytes`, `null` … */
    type: z.string(),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);
