/** Calls about code that is stepped through, with or without a session: its functions, as text, and its sources. */
import { z } from 'zod';
import { call, pageOf, range } from './declare';

/** CID of a segment of code. */
const code = z.string();

export const debugCodeProtocol = {
  'debug.functions': call(
    'The functions of a code, imported ones first.',
    z.object({ code, ...range }),
    pageOf(
      z.object({
        index: z.int(),
        name: z.string().nullable(),
        /** `set.function` for an imported one. */
        imported: z.string().nullable(),
        exported: z.array(z.string()),
        /** Lines of its disassembly. */
        lines: z.int(),
      }),
    ),
  ),
  'debug.disassembly': call(
    'A function as WebAssembly text: its heading, its locals, and one instruction a line. Fault `no-function` for an index of none.',
    z.object({ code, function: z.int().min(0), ...range }),
    pageOf(
      z.object({
        /** Of the instruction; of the heading, where the function begins. */
        offset: z.int(),
        /** Levels that it is set in. */
        indent: z.int(),
        text: z.string(),
        /** Whether a run can stand at it; not so for `block`, `loop`, `else`, `end` and what can't be reached. */
        stops: z.boolean(),
        /** Where a line of source begins. */
        source: z.object({ file: z.string(), line: z.int(), column: z.int() }).nullable(),
      }),
    ),
  ),
  'debug.lineOf': call(
    "The line of a function's disassembly at which an instruction stands.",
    z.object({ code, function: z.int().min(0), offset: z.int().min(0) }),
    z.object({ line: z.int().nullable() }),
  ),
  'debug.sources': call(
    'The files that a code was made from, as its source map names them.',
    z.object({ code, ...range }),
    pageOf(
      z.object({
        file: z.string(),
        /** Whether the map holds its text: `debug.source`. */
        embedded: z.boolean(),
        /** Whether it came with the compiler. */
        library: z.boolean(),
        /** Why it is not to be looked for in the workspace; `null` when it may be. */
        problem: z.string().nullable(),
      }),
    ),
  ),
  'debug.source': call(
    'The text of a file as the source map holds it; `null` when it does not.',
    z.object({ code, file: z.string() }),
    z.object({ text: z.string().nullable() }),
  ),
};
