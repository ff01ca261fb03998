/** What the locals of a function are to its source, at one of its instructions. */
import type { CodePosition } from '../environment/outcome';
import type { DebugCode } from './code';
import type { SourcePlace } from './lines';

export interface Variable {
  readonly name: string;
  /** As the source's language names it; `null` where nothing is known but the name. */
  readonly type: string | null;
}

/**
 * By the index of the local that holds it: what the source can name there. Of two with one name, that is the inner one.
 * All other locals are a compiler's own, or are set later, or have been done with.
 */
export function variablesAt(code: DebugCode, position: CodePosition): Variables {
  // Conditions ask again at each pass of one place.
  const found = variablesByOffset.get(code) ?? new Map<number, Variables>();
  variablesByOffset.set(code, found);
  const variables = found.get(position.offset) ?? findVariables(code, position);
  found.set(position.offset, variables);
  return variables;
}

type Variables = ReadonlyMap<number, Variable>;

const variablesByOffset = new WeakMap<DebugCode, Map<number, Variables>>();

function findVariables(code: DebugCode, { function: index, offset }: CodePosition): Variables {
  const known = code.variables.get(code.names.functions.get(index) ?? '');
  if (known === undefined) return namedLocals(code, index);
  const place = code.lines?.sourceOf(index, offset) ?? null;
  const variables = new Map<number, Variable>();
  const localByName = new Map<string, number>();
  const indexByLocal = new Map([...(code.names.locals.get(index) ?? [])].map(([at, name]) => [name, at]));
  for (const { name, type, ...stretch } of known) {
    const local = indexByLocal.get(stretch.local);
    if (local === undefined || place === null || place.file !== stretch.file) continue;
    if (isBefore(place, stretch.from) || !isBefore(place, stretch.to)) continue;
    // Those of an outer scope are declared, and so have their locals, before those of an inner one.
    const outer = localByName.get(name);
    if (outer !== undefined) variables.delete(outer);
    localByName.set(name, local);
    variables.set(local, { name, type });
  }
  return variables;
}

/** The locals of a function, by their indexes. */
export interface LocalGroups {
  readonly parameters: readonly number[];
  /** What the source names, the parameters aside. */
  readonly named: readonly number[];
  /** The rest: what a compiler made for itself, mostly. */
  readonly others: readonly number[];
}

/**
 * Where nothing ever has a name, as in code without names, nothing is told apart. A compiler that told which locals are
 * variables told it of all: then that none can be seen yet doesn't bring out its own.
 */
export function groupLocals(code: DebugCode, position: CodePosition, total: number): LocalGroups {
  const { functionTypes, types } = code.module;
  const count = types[functionTypes[position.function] ?? -1]?.params.length ?? 0;
  const indexes = Array.from({ length: total }, (_, index) => index);
  const [parameters, rest] = [indexes.slice(0, count), indexes.slice(count)];
  const variables = variablesAt(code, position);
  if (variables.size === 0 && !isTold(code, position)) return { parameters, named: rest, others: [] };
  const isNamed = (index: number): boolean => variables.has(index);
  return { parameters, named: rest.filter(isNamed), others: rest.filter((index) => !isNamed(index)) };
}

const isTold = ({ variables, names }: DebugCode, { function: index }: CodePosition): boolean =>
  variables.has(names.functions.get(index) ?? '');

const isBefore = (
  { line, column }: SourcePlace,
  [otherLine, otherColumn]: readonly [number, number],
): boolean => line < otherLine || (line === otherLine && column < otherColumn);

/** A compiler that has to name its own locals numbers them. */
function namedLocals({ names }: DebugCode, index: number): Variables {
  const named = [...(names.locals.get(index) ?? [])].filter(([, name]) => !/^\d+$/.test(name));
  return new Map(named.map(([local, name]) => [local, { name, type: null }]));
}
