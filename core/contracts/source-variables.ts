/** Where the variables of a source are to be found in its code: a field of its source map, for debuggers. */
import { z } from 'zod';

/** Line and column, both from 1. */
const place = z.tuple([z.int(), z.int()]);

const sourceVariable = z.object({
  /** The local that holds it, by its name in the section `name`, which no other of the function has. */
  local: z.string(),
  name: z.string(),
  /** As the source's language names it. */
  type: z.string(),
  file: z.string(),
  /** It can be seen from here, where it has its first value, … */
  from: place,
  /** … to here, which isn't within any more. */
  to: place,
});

/** By the names of functions in the section `name`. Of a function that is there all variables are. */
const sourceVariables = z.record(z.string(), z.array(sourceVariable));

export type SourceVariable = Readonly<z.infer<typeof sourceVariable>>;
/** By the names of functions. */
export type SourceVariables = ReadonlyMap<string, readonly SourceVariable[]>;

/** Fields of extensions begin with `x_`. */
const field = 'x_kernelscope_variables';

export function withSourceVariables(sourceMap: string, variables: SourceVariables): string {
  const map: Readonly<Record<string, unknown>> = JSON.parse(sourceMap);
  return JSON.stringify({ ...map, [field]: Object.fromEntries(variables) });
}

/** None of a map that has none, or that can't be read. */
export function sourceVariablesOf(sourceMap: string): SourceVariables {
  const map = z.object({ [field]: sourceVariables }).safeParse(parse(sourceMap));
  return new Map(map.success ? Object.entries(map.data[field]) : []);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
