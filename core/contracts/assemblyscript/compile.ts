/** One contract through the AssemblyScript compiler: parsed with all it imports, given its glue, compiled. */
import {
  Compiler,
  type Program,
  type Range,
  type Source,
  addGlobalAlias,
  initializeProgram,
  newOptions,
  newProgram,
  nextFile,
  parse,
  setDebugInfo,
  setOptimizeLevelHints,
  setRuntime,
  setSourceMap,
} from 'assemblyscript';
import { textToBytes } from '../../base/bytes';
import { faultToText } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { withCustomSection } from '../../wasm/custom-section';
import { setToFunctions } from '../../imports/assembly-binding';
import { describeModule } from '../../wasm/describe';
import type { Build, Diagnostic, ReadFile } from '../build';
import { errorIn } from '../diagnostic';
import { type ImportSets, createImportSets } from '../import-sets/import-sets';
import { interfaceSection } from '../interface';
import { readSource } from '../source-text';
import { withSourceTerms } from '../source-variables';
import { placeOf, toDiagnostics, watchExpressions } from './diagnostics';
import { describeProgram } from './interface-of';
import { describeLayouts } from './layouts';
import { type LibraryFile, libraryFile, libraryPrefix, sdkPrefix, startingFiles } from './library';
import { exposeMethods } from './methods';
import { optimizeLevel, optimizeModule, shrinkLevel } from './optimize';
import { passOverPlainFields } from './plain-fields';
import { addRecordMethods } from './records';
import { describeVariables, watchVariables } from './variables';

/** Never throws for what a source says, however odd. */
export function compileContract(path: string, readFile: ReadFile): Build {
  const inputs: string[] = [];
  const oversized: Diagnostic[] = [];
  const sets = createImportSets(readFile);
  const read = (file: string): string | null => {
    if (readFile(file) === null) return null;
    inputs.push(file);
    const text = readSource(file, readFile);
    if (!text.ok) oversized.push(text.error);
    return text.ok ? text.value : '';
  };
  const program = createProgram();
  const build = attempt(() => compileProgram(program, path, { read, sets }));
  program.module.dispose();
  inputs.push(...sets.inputs);
  const refused = [...oversized, ...sets.diagnostics];
  if (refused.length > 0) return { ok: false, diagnostics: refused, inputs };
  if (build.ok) return { ...build.value, inputs };
  const said = toDiagnostics(program.diagnostics, path, new Map());
  return { ok: false, diagnostics: [...said, gaveUp(path, build.error, null)], inputs };
}

type Read = (path: string) => string | null;

interface Workspace {
  readonly read: Read;
  readonly sets: ImportSets;
}

function compileProgram(program: Program, path: string, workspace: Workspace): Unread<Build> {
  parseAll(program, path, workspace);
  const parsed = toDiagnostics(program.diagnostics, path, new Map());
  if (hasErrors(parsed)) return { ok: false, diagnostics: parsed };

  const own = program.sources.filter(({ isLibrary }) => !isLibrary);
  const entry = own.find(({ normalizedPath }) => normalizedPath === path);
  if (entry === undefined)
    return { ok: false, diagnostics: [...parsed, errorIn(path, 'there is no such file')] };
  const methods = exposeMethods(entry);
  for (const source of own) addRecordMethods(source);

  initializeProgram(program);
  const described = describeProgram(program, entry, methods);
  const compiler = new Compiler(program);
  const watch = watchExpressions(compiler);
  const stretchByLocal = watchVariables(compiler);
  passOverPlainFields(compiler, own);
  const told = () => [
    ...described.diagnostics,
    ...toDiagnostics(program.diagnostics, path, watch.rangeByMessage).filter(isNewTo(described.diagnostics)),
  ];
  const module = attempt(() => compiler.compile());
  if (!module.ok) {
    const range = watch.current();
    return { ok: false, diagnostics: [...told(), gaveUp(path, module.error, range)] };
  }
  const diagnostics = told();
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  optimizeModule(module.value, program);
  const { output, sourceMap } = module.value.toBinary(`${path}.map`);
  const refused = refusals(output, own);
  if (refused.length > 0) return { ok: false, diagnostics: [...diagnostics, ...refused] };
  const section = textToBytes(JSON.stringify(described.contract));
  return {
    ok: true,
    code: workspace.sets.carriedBy(withCustomSection(output, interfaceSection, section)),
    interface: described.contract,
    sourceMap:
      sourceMap &&
      withSourceTerms(sourceMap, {
        variables: describeVariables(program, stretchByLocal),
        layouts: describeLayouts(program),
      }),
    diagnostics,
  };
}

type Unread<T> = T extends unknown ? Omit<T, 'inputs'> : never;

function createProgram(): Program {
  const options = newOptions();
  setRuntime(options, stubRuntime);
  setDebugInfo(options, true);
  setSourceMap(options, true);
  setOptimizeLevelHints(options, optimizeLevel, shrinkLevel);
  addGlobalAlias(options, 'abort', `${sdkPrefix}fail/abort`);
  addGlobalAlias(options, 'seed', `${sdkPrefix}glue/seed`);
  return newProgram(options);
}

/** Parses the contract, the library, and all that they import. */
function parseAll(program: Program, path: string, { read, sets }: Workspace): void {
  for (const { path: libraryPath, text, isEntry } of startingFiles())
    parse(program, text, libraryPath, isEntry);
  parse(program, read(path), path, true);
  for (let wanted = nextFile(program); wanted !== null; wanted = nextFile(program)) {
    const file = wanted.startsWith(libraryPrefix)
      ? (libraryFile(wanted) ?? importSetFile(wanted, sets))
      : ownFile(wanted, read);
    parse(program, file?.text ?? null, file?.path ?? `${wanted}.ts`, false);
  }
}

/** An import set of the workspace, which lies beside the SDK. */
function importSetFile(internalPath: string, sets: ImportSets): LibraryFile | null {
  const set = internalPath.startsWith(sdkPrefix) ? sets.find(internalPath.slice(sdkPrefix.length)) : null;
  return set === null ? null : { path: `${internalPath}.ts`, text: setToFunctions(set) };
}

function ownFile(internalPath: string, read: Read): { readonly path: string; readonly text: string } | null {
  for (const path of [`${internalPath}.ts`, `${internalPath}/index.ts`]) {
    const text = read(path);
    if (text !== null) return { path, text };
  }
  return null;
}

/**
 * What stands against running the code: the language knows things of browsers and Node that no kernel has, such as
 * `console.log`, and instructions that are refused.
 */
function refusals(code: Uint8Array, sources: readonly Source[]): readonly Diagnostic[] {
  const shape = describeModule(code);
  if (!shape.ok) return [errorIn(sources[0]?.normalizedPath ?? '', faultToText(shape.error))];
  const foreign = shape.value.imports.filter(({ module }) => module === 'env');
  return foreign.map(({ name }) => {
    const source = sources.find(({ text }) => text.includes(name));
    const start = source?.text.indexOf(name) ?? 0;
    const words = `a contract has no ${name}; "kernelscope" has log(), time() and random()`;
    return source === undefined
      ? errorIn(sources[0]?.normalizedPath ?? '', words)
      : errorIn(source.normalizedPath, words, placeOf({ source, start, end: start + name.length }));
  });
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

/** Where a type was refused in words of ours, the library's refusal of it is no news. */
const isNewTo =
  (said: readonly Diagnostic[]) =>
  (diagnostic: Diagnostic): boolean =>
    said.every(
      ({ file, line, column }) =>
        file !== diagnostic.file || line !== diagnostic.line || column !== diagnostic.column,
    );

/** The compiler has bugs like any program; a source that finds one must not take the others along. */
function attempt<T>(run: () => T): Result<T, unknown> {
  try {
    return ok(run());
  } catch (error) {
    return err(error);
  }
}

function gaveUp(path: string, error: unknown, range: Range | null): Diagnostic {
  const words = `the compiler gave up here: ${error instanceof Error ? error.message : String(error)}`;
  return range === null ? errorIn(path, words) : errorIn(range.source.normalizedPath, words, placeOf(range));
}

/** The smallest runtime of the three: nothing is freed before the message ends. */
const stubRuntime = 0;
