/**
 * Calls about stepping through messages. A session stands at one moment of the run of one message; moments are numbered
 * by the instructions executed before them, and the last one is the run's end. Calls about one session are answered one
 * after the other; `debug.pause` is answered at once.
 */
import { z } from 'zod';
import { branchRow } from './branch';
import { call, event, pageOf, range } from './declare';
import { bytes, evaluated, moment, mostMemory, sessionId, stop, target, valueRow } from './debug-values';
import { codeFrame, givenAnswer, wireBytes, wireData, wireValue } from './wire';
import { importCallRow, stateChange, stateRow } from './world';

const session = { session: sessionId };
const granularity = z.enum(['line', 'instruction']);

const move = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['in', 'over', 'out']),
    back: z.boolean(),
    by: granularity,
    /** That many steps, unless something stops it before. */
    times: z.int().min(1),
  }),
  /** To the next breakpoint or the end; back to the one before or the beginning. */
  z.object({ kind: z.literal('continue'), back: z.boolean() }),
  /** To the next pass of a place, or the one before. */
  z.object({ kind: z.literal('to cursor'), at: target, back: z.boolean() }),
  z.object({ kind: z.literal('to count'), count: moment }),
  /** To the Nth pass of a place in the whole message, from 1. */
  z.object({ kind: z.literal('to pass'), at: target, nth: z.int().min(1) }),
  z.object({ kind: z.literal('restart'), by: granularity }),
  /** Just before the trap that ends it; to the end when none does. */
  z.object({ kind: z.literal('to trap') }),
  z.object({ kind: z.literal('to end') }),
]);

const opening = z.discriminatedUnion('kind', [
  /** Before the first instruction; by line, at the first line that the author wrote. */
  z.object({ kind: z.literal('start'), by: granularity }),
  z.object({ kind: z.literal('count'), count: moment }),
  z.object({ kind: z.literal('trap') }),
  z.object({ kind: z.literal('end') }),
]);

const editedCall = z.union([z.int().min(0), z.literal('next')]).nullable();

const edit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local'), frame: z.int().min(0), index: z.int().min(0), value: wireValue }),
  z.object({ kind: z.literal('operand'), frame: z.int().min(0), index: z.int().min(0), value: wireValue }),
  z.object({ kind: z.literal('global'), index: z.int().min(0), value: wireValue }),
  z.object({ kind: z.literal('memory'), address: z.int().min(0), bytes }),
  /** What later calls of an import give; with `call`, only its Nth one of the run, from 0, or the next one. */
  z.object({
    kind: z.literal('answer'),
    /** `set.function`. */
    import: z.string(),
    call: editedCall,
    value: wireValue,
  }),
  /** The same with the words that the import refuses with. */
  z.object({ kind: z.literal('failure'), import: z.string(), call: editedCall, words: z.string() }),
]);

/** What an edit changed. */
const edited = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['local', 'operand', 'global']),
    /** At its moment; 0 for a global. */
    frame: z.int(),
    index: z.int(),
    name: z.string().nullable(),
    type: z.string(),
    before: wireValue,
    after: wireValue,
  }),
  z.object({ kind: z.literal('memory'), address: z.int(), before: wireBytes, after: wireBytes }),
  z.object({ kind: z.literal('answer'), answer: givenAnswer }),
]);

export const debugProtocol = {
  'debug.open': call(
    'Begins a session on the message of a receipt. Fault `nothing-ran` when no code ran for it, `missing-block` when its code is gone, `unsupported-code` when no stepping machine runs it.',
    z.object({ receipt: z.int().min(0), at: opening }),
    stop,
  ),
  'debug.close': call(
    'Ends a session. A message that it held is delivered.',
    z.object(session),
    z.object({}),
  ),
  'debug.sessions': call(
    'All sessions that are open, those that hold a message included; first opened first.',
    z.object({}),
    z.object({ sessions: z.array(stop) }),
  ),
  'debug.held': event(
    'A breakpoint holds back a message that was to be delivered: a session on it is open.',
    stop,
  ),
  'debug.lost': event(
    'The message that a session held was taken out of its mailbox, or another took its place: the session is closed.',
    z.object(session),
  ),
  'debug.progress': event(
    'How far a call came that takes long. At most 10 times a second; a call that is done at once has none.',
    z.object({ ...session, count: moment }),
  ),
  'debug.where': call('Where a session stands.', z.object(session), stop),
  'debug.move': call(
    'Goes to another moment. A step in that sends a message goes on in the run of its receipt, and a step back in or out from the beginning goes to the call that sent the message: `receipt` of the stop is another one then, or `notes` say why not. Aborted, it stays where it was. Fault `no-code-there` for a place without code.',
    z.object({ ...session, move }),
    stop,
  ),
  'debug.pause': call(
    'Stops the move that is on, at the moment that it came to; one that searches back stays where it began. Answered at once; the move answers with `paused`.',
    z.object(session),
    z.object({}),
  ),

  'debug.frames': call(
    'Calls that are on, innermost first.',
    z.object({ ...session, ...range }),
    pageOf(codeFrame),
  ),
  'debug.values': call(
    'Of one call its parameters and named locals, its other locals, or its operands (the topmost last); or the globals. Where no local has a name, none is another.',
    z.object({
      ...session,
      of: z.enum(['locals', 'others', 'operands', 'globals']),
      frame: z.int().min(0),
      ...range,
    }),
    pageOf(valueRow),
  ),
  'debug.memory': call(
    'A part of the memory, shorter where that ends.',
    z.object({ ...session, address: z.int().min(0), length: z.int().min(1).max(mostMemory) }),
    z.object({
      bytes,
      /** Bytes of the whole memory. */
      size: z.int(),
      /** Of these bytes, those that are not what they were at the stop before. */
      changed: z.array(z.object({ address: z.int(), length: z.int() })),
    }),
  ),
  'debug.environment': call(
    'The environment of the run, as it is at this moment.',
    z.object(session),
    z.object({
      message: z.object({ from: z.string().nullable(), to: z.string(), method: z.string(), id: z.int() }),
      gasLimit: z.number(),
      gasLeft: z.number(),
      time: z.number(),
      seed: z.number(),
      pages: z.number(),
      stack: z.number(),
      answers: z.array(givenAnswer),
      /** Entries of the state that are not as the run found them. */
      writes: z.int(),
      sends: z.int(),
      logs: z.int(),
      importCalls: z.int(),
      reply: wireData.nullable(),
      randomDrawn: z.int(),
    }),
  ),
  'debug.logs': call('What it logged so far.', z.object({ ...session, ...range }), pageOf(z.string())),
  'debug.sends': call(
    'Messages that it queued so far. They leave when it ends well.',
    z.object({ ...session, ...range }),
    pageOf(
      z.object({
        to: z.string(),
        method: z.string(),
        args: z.array(z.object({ name: z.string(), type: z.string(), value: wireValue })),
        replyTo: z.string().nullable(),
        /** The receipt that it led to; `null` when it has none yet. */
        receipt: z.int().nullable(),
      }),
    ),
  ),
  'debug.imports': call(
    'Its import calls so far, the first one first, each with the moment before it.',
    z.object({ ...session, ...range }),
    pageOf(z.object({ moment, call: importCallRow })),
  ),
  'debug.state': call(
    'One level of the state as the run sees it, its own writes included. As `world.state`; rows that the run wrote are marked, and so is a level that it wrote below.',
    z.object({ ...session, prefix: bytes, after: z.string().nullable(), count: range.count }),
    z.object({ rows: z.array(z.object({ row: stateRow, written: z.boolean() })), more: z.boolean() }),
  ),
  'debug.changes': call(
    'What the run wrote to the state so far, by key.',
    z.object({ ...session, ...range }),
    pageOf(stateChange),
  ),

  'debug.evaluate': call(
    'Values of expressions at this moment, as seen from one of the calls that are on. See docs/expressions.md for their language.',
    z.object({ ...session, frame: z.int().min(0), expressions: z.array(z.string().max(4096)).max(100) }),
    z.object({ values: z.array(evaluated) }),
  ),
  'debug.edit': call(
    'Changes a value or an answer at this moment. From here on the session shows what would have been: `whatIf` of its stop says so. Before this moment it shows what was; later edits are gone. Fault `bad-edit` or `bad-value` for what can’t be changed so, `run-over` at the end.',
    z.object({ ...session, edit }),
    stop,
  ),
  'debug.edits': call(
    'What was changed by hand in this session, in the order of the run.',
    z.object({ ...session, ...range }),
    pageOf(
      z.object({
        id: z.int(),
        /** The moment at which it was changed. */
        moment,
        /** Where the call stood then whose value it was. */
        place: codeFrame,
        edited,
      }),
    ),
  ),
  'debug.undo': call(
    'Takes an edit back, and those at later moments with it. A session that stands there or later goes back to its moment. Fault `no-edit` when it was taken back already.',
    z.object({ ...session, id: z.int().min(0) }),
    stop,
  ),
  'debug.fork': call(
    'Makes a branch on which the message runs as it was changed here, and that goes on from there: `run` is that of `branch.fork`. Fault `no-edits` when nothing was changed.',
    z.object({ ...session, name: z.string(), run: z.enum(['none', 'rest', 'repeat']) }),
    branchRow,
  ),
};
