/** Where the variables of a source, and the fields of its objects, are to be found: fields of its source map, for debuggers. */
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

const objectLayouts = z.record(
  z.string(),
  z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      /** In bytes, from the object's address on. */
      offset: z.int().min(0),
    }),
  ),
);

export type SourceVariable = Readonly<z.infer<typeof sourceVariable>>;
/** By the names of functions. */
export type SourceVariables = ReadonlyMap<string, readonly SourceVariable[]>;

export interface ObjectField {
  readonly name: string;
  readonly type: string;
  readonly offset: number;
}
/** By the names of their types, as variables have them. */
export type ObjectLayouts = ReadonlyMap<string, readonly ObjectField[]>;

/** What a compiler tells a debugger, beside lines. */
export interface SourceTerms {
  readonly variables: SourceVariables;
  readonly layouts: ObjectLayouts;
}

/** Fields of extensions begin with `x_`. */
const variablesField = 'x_kernelscope_variables';
const layoutsField = 'x_kernelscope_objects';

export function withSourceTerms(sourceMap: string, { variables, layouts }: SourceTerms): string {
  const map: Readonly<Record<string, unknown>> = JSON.parse(sourceMap);
  return JSON.stringify({
    ...map,
    [variablesField]: Object.fromEntries(variables),
    [layoutsField]: Object.fromEntries(layouts),
  });
}

/** None of a map that has none, or that can't be read. */
export function sourceTermsOf(sourceMap: string): SourceTerms {
  const map = parse(sourceMap);
  const variables = z.object({ [variablesField]: sourceVariables }).safeParse(map);
  const layouts = z.object({ [layoutsField]: objectLayouts }).safeParse(map);
  return {
    variables: new Map(variables.success ? Object.entries(variables.data[variablesField]) : []),
    layouts: new Map(layouts.success ? Object.entries(layouts.data[layoutsField]) : []),
  };
}

export const noSourceTerms: SourceTerms = { variables: new Map(), layouts: new Map() };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
