/** Breakpoints as a window makes them and sees them. */
import { z } from 'zod';
import { moment, sessionId } from './debug-values';
import { call, event, pageOf, range } from './declare';
import { wireValue } from './wire';

/** What is to be met. Paths and lines as in the workspace; without `kernel`, of any kernel. */
const condition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('line'), file: z.string(), line: z.int().min(1) }),
  z.object({
    kind: z.literal('instruction'),
    /** CID. */
    code: z.string(),
    offset: z.int().min(0),
  }),
  /** By its name, or by its index as `#7`: whenever it is called. */
  z.object({ kind: z.literal('function'), name: z.string() }),
  /** Before a call of `set.function`, or of any function of a `set`; with an argument, only when it has that value. */
  z.object({
    kind: z.literal('import'),
    import: z.string(),
    argument: z.object({ name: z.string(), value: wireValue }).nullable(),
  }),
  /** Before an import reads or writes a state entry of this path, or one below it. */
  z.object({
    kind: z.literal('state'),
    kernel: z.string().nullable(),
    path: z.string(),
    access: z.enum(['read', 'write', 'any']),
  }),
  /** After some of these bytes of the memory were written. */
  z.object({
    kind: z.literal('memory'),
    kernel: z.string().nullable(),
    address: z.int().min(0),
    length: z.int().min(1),
  }),
  /** Before an instruction or an import traps. */
  z.object({ kind: z.literal('trap') }),
  /** At the first instruction of a message. */
  z.object({ kind: z.literal('method'), kernel: z.string().nullable(), method: z.string().nullable() }),
]);

export const breakpoint = z
  .object({
    on: condition,
    enabled: z.boolean(),
    /** An expression: it counts as met only when that is true. */
    when: z.string().max(4096).nullable(),
    /** Of all the times it is met in a message, from 1: only that one, each from it on, or each so-many-th. */
    hits: z.object({ which: z.enum(['only', 'from', 'each']), n: z.int().min(1) }).nullable(),
    /** Instead of stopping it writes this text, in which `{expression}` stands for a value. */
    log: z.string().max(4096).nullable(),
  })
  .readonly();

const breakpointRow = z
  .object({
    id: z.int(),
    breakpoint,
    /** Whether there is code, among what kernels run now, that can meet it. */
    verified: z.boolean(),
    /** Why it can't be met, or what it was moved to; `null` when there is nothing to say. */
    words: z.string().nullable(),
    /** Where it is, in place of where it was asked for; `null` for what is at no line. */
    line: z.object({ file: z.string(), line: z.int() }).nullable(),
    /** Its places in code; at most 100. */
    places: z.array(z.object({ code: z.string(), function: z.int(), offset: z.int() })),
  })
  .readonly();

export const debugBreakpointsProtocol = {
  'debug.breakpoints': call(
    'All breakpoints, in the order they were made.',
    z.object(range),
    pageOf(breakpointRow),
  ),
  'debug.setBreakpoint': call(
    'Makes a breakpoint, or changes the one of that id. Kept with the workspace. Fault `bad-expression` for a condition or a log text that can’t be read.',
    z.object({ id: z.int().nullable(), breakpoint }),
    breakpointRow,
  ),
  'debug.removeBreakpoints': call(
    'Those of these ids; all of them for `null`.',
    z.object({ ids: z.array(z.int()).nullable() }),
    z.object({}),
  ),
  'debug.breakpointsChanged': event(
    'Breakpoints were made, changed, removed, or verified anew after code changed.',
    z.object({}),
  ),
  'debug.logged': call(
    'What log points wrote in the part of the run that was gone through, in the order of the run.',
    z.object({ session: sessionId, ...range }),
    pageOf(z.object({ moment, breakpoint: z.int(), text: z.string() })),
  ),
};
