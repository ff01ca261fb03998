/** Which local holds which variable of the source, and from where to where it can be seen: the compiler keeps names alone. */
import {
  type Compiler,
  type Function,
  type Local,
  type Program,
  type Range,
  type Source,
  type Statement,
  SwitchStatement,
  VariableStatement,
} from 'assemblyscript';
import type { SourceVariable, SourceVariables } from '../source-variables';
import { authoredFunctions } from './authored';

/** From where to where in a file a variable can be seen. */
type Stretch = Pick<Range, 'source' | 'start' | 'end'>;

export type StretchByLocal = ReadonlyMap<Local, Stretch>;

/** Watches a compiler at work. What it answers fills up meanwhile. */
export function watchVariables(compiler: Compiler): StretchByLocal {
  const stretchByLocal = new Map<Local, Stretch>();
  const enclosing: Statement[] = [];
  const compileStatement = compiler.compileStatement.bind(compiler);
  compiler.compileStatement = (statement) => {
    enclosing.push(statement);
    const compiled = compileStatement(statement);
    enclosing.pop();
    if (!(statement instanceof VariableStatement) || statement.range.source.isLibrary) return compiled;
    const flow = compiler.currentFlow;
    const around = [flow.sourceFunction.declaration.range, ...enclosing.flatMap(scopesOf)];
    const end = Math.min(...around.filter(holds(statement.range)).map((range) => range.end));
    for (const { name, range } of statement.declarations) {
      const local = flow.lookupLocal(name.text);
      if (local !== null) stretchByLocal.set(local, { source: range.source, start: range.end, end });
    }
    return compiled;
  };
  return stretchByLocal;
}

const scopesOf = (statement: Statement): readonly Range[] =>
  statement instanceof SwitchStatement
    ? [statement.range, ...statement.cases.map(({ range }) => range)]
    : [statement.range];

const holds =
  (inner: Range) =>
  ({ source, start, end }: Range): boolean =>
    source === inner.source && start <= inner.start && end >= inner.end;

/** Of the functions that the author wrote, once they are compiled. */
export const describeVariables = (program: Program, stretchByLocal: StretchByLocal): SourceVariables =>
  new Map(authoredFunctions(program).map((each) => [each.internalName, variablesOf(each, stretchByLocal)]));

/** Parameters can be seen all through the function. */
function variablesOf({ localsByIndex, signature, declaration }: Function, stretchByLocal: StretchByLocal) {
  const params = signature.parameterTypes.length + (signature.thisType === null ? 0 : 1);
  const names = new Set<string>();
  return localsByIndex.flatMap((local): SourceVariable[] => {
    // As the compiler names the second of two.
    const unique = names.has(local.name) ? `${local.name}|${local.index}` : local.name;
    names.add(unique);
    const stretch = local.index < params ? declaration.range : stretchByLocal.get(local);
    if (stretch === undefined) return [];
    const { source, start, end } = stretch;
    return [
      {
        local: unique,
        name: local.name,
        type: typeName(local.type.toString()),
        file: source.normalizedPath,
        from: placeIn(source, start),
        to: placeIn(source, end),
      },
    ];
  });
}

const placeIn = (source: Source, at: number): [line: number, column: number] => [
  source.lineAt(at),
  source.columnAt(),
];

/** Without the paths of files. */
export const typeName = (name: string): string =>
  name.replaceAll(/[^<>,|()\s]*\//g, '').replaceAll(/\bString\b/g, 'string');
