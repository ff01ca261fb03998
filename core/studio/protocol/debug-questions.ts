/** Questions about the whole run that a session steps through. They may take long: each can be aborted. */
import { z } from 'zod';
import { bytes, evaluated, moment, mostMemory, sessionId, target, valueRow } from './debug-values';
import { call, range } from './declare';
import { codeFrame, outcome, wireBytes, wireValue } from './wire';
import { importCallRow, stateChange } from './world';

const session = { session: sessionId };

/** What may change in a run. */
const watched = z.discriminatedUnion('kind', [
  /** Of the call at this place in `debug.frames` as it is now, for as long as that call is on. */
  z.object({ kind: z.literal('local'), frame: z.int().min(0), index: z.int().min(0) }),
  z.object({ kind: z.literal('global'), index: z.int().min(0) }),
  z.object({ kind: z.literal('memory'), address: z.int().min(0), length: z.int().min(1).max(mostMemory) }),
  z.object({ kind: z.literal('state'), key: bytes }),
]);

/** A list whose end is only known once it was reached: `next` is what to ask for after it, `null` at the end. */
const listOf = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row), next: moment.nullable() });
const listRange = { after: moment.nullable(), count: range.count };

export const debugQuestionsProtocol = {
  'debug.lastWrite': call(
    'The last write, before this moment, to some bytes of the memory; `null` when there was none.',
    z.object({ ...session, address: z.int().min(0), length: z.int().min(1).max(mostMemory) }),
    z.object({
      write: z
        .object({
          /** Just before the write; of a change by hand, that of the change. */
          moment,
          place: codeFrame,
          /** Whether it was changed by hand there, in a session that shows what would have been. */
          edited: z.boolean(),
          /** `set.function` when an import wrote. */
          import: z.string().nullable(),
          before: bytes,
          after: bytes,
        })
        .nullable(),
    }),
  ),
  'debug.changesOf': call(
    'When something changed, the first change first. Asked for page by page: `after` is `next` of the page before.',
    z.object({ ...session, of: watched, ...listRange }),
    listOf(
      z.object({
        /** Just before the instruction that changed it, or before which it was changed by hand. */
        moment,
        place: codeFrame,
        edited: z.boolean(),
        before: z.union([wireValue, wireBytes]),
        after: z.union([wireValue, wireBytes]),
      }),
    ),
  ),
  'debug.valuesAt': call(
    'The value of an expression at each pass of a place, the first pass first.',
    z.object({ ...session, at: target, expression: z.string().max(4096), ...listRange }),
    listOf(z.object({ moment, value: evaluated })),
  ),
  'debug.marks': call(
    'The whole run in so many stretches of equal length, with what happened in each. Runs to the end when it was not there yet.',
    z.object({ ...session, stretches: z.int().min(1).max(1000) }),
    z.object({
      /** The number of the last moment. */
      end: moment,
      outcome,
      stretches: z.array(
        z.object({
          /** Its first moment. */
          moment,
          imports: z.int(),
          sends: z.int(),
          /** Calls that were on at its first moment. */
          depth: z.int(),
        }),
      ),
    }),
  ),
  'debug.trap': call(
    'The trap that ends the run, explained; `null` when none does. Runs to the end when it was not there yet.',
    z.object(session),
    z.object({
      trap: z
        .object({
          /** Just before it. */
          moment,
          reason: z.string(),
          /** The contract's or the import's own words. */
          detail: z.string().nullable(),
          /** What went wrong with which values, in one sentence. */
          explanation: z.string(),
          /** The calls that led to it, innermost first; at most 100. */
          frames: z.array(codeFrame),
          operands: z.array(valueRow),
          /** The last import calls before it, the last one first; at most 10. */
          imports: z.array(z.object({ moment, call: importCallRow })),
          /** What had been written and is rolled back; at most 100 of them. */
          changes: z.array(stateChange),
          changesTotal: z.int(),
          /** Messages that had been queued and do not leave. */
          sends: z.int(),
        })
        .nullable(),
    }),
  ),
};
