/** One contract through the AssemblyScript compiler: parsed with all it imports, given its glue, compiled. */
import {
  Compiler,
  type Program,
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
import { withCustomSection } from '../../wasm/custom-section';
import { describeModule } from '../../wasm/describe';
import type { Build, Diagnostic, ReadFile } from '../build';
import { errorIn } from '../diagnostic';
import { interfaceSection } from '../interface';
import { readSource } from '../source-text';
import { placeOf, toDiagnostics, watchExpressions } from './diagnostics';
import { describeProgram } from './interface-of';
import { libraryFile, libraryPrefix, sdkPrefix, startingFiles } from './library';
import { exposeMethods } from './methods';
import { addRecordMethods } from './records';

/** Never throws for what a source says, however odd. */
export function compileContract(path: string, readFile: ReadFile): Build {
  const inputs: string[] = [];
  const oversized: Diagnostic[] = [];
  const read = (file: string): string | null => {
    if (readFile(file) === null) return null;
    inputs.push(file);
    const text = readSource(file, readFile);
    if (!text.ok) oversized.push(text.error);
    return text.ok ? text.value : '';
  };
  const program = createProgram();
  try {
    const build = compileProgram(program, path, read);
    return oversized.length === 0 ? { ...build, inputs } : { ok: false, diagnostics: oversized, inputs };
  } catch (error) {
    const said = toDiagnostics(program.diagnostics, path, new Map());
    return { ok: false, diagnostics: [...said, gaveUp(path, error)], inputs };
  } finally {
    program.module.dispose();
  }
}

type Read = (path: string) => string | null;

function compileProgram(program: Program, path: string, read: Read): Unread<Build> {
  parseAll(program, path, read);
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
  const rangeByMessage = watchExpressions(compiler);
  const module = compiler.compile();
  const diagnostics = [
    ...described.diagnostics,
    ...toDiagnostics(program.diagnostics, path, rangeByMessage).filter(isNewTo(described.diagnostics)),
  ];
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  module.optimize(optimizeLevel, shrinkLevel, true, false);
  const { output, sourceMap } = module.toBinary(`${path}.map`);
  const foreign = foreignCalls(output, own);
  if (foreign.length > 0) return { ok: false, diagnostics: [...diagnostics, ...foreign] };
  const section = textToBytes(JSON.stringify(described.contract));
  return {
    ok: true,
    code: withCustomSection(output, interfaceSection, section),
    interface: described.contract,
    sourceMap,
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
function parseAll(program: Program, path: string, read: Read): void {
  for (const { path: libraryPath, text, isEntry } of startingFiles())
    parse(program, text, libraryPath, isEntry);
  parse(program, read(path), path, true);
  for (let wanted = nextFile(program); wanted !== null; wanted = nextFile(program)) {
    const file = wanted.startsWith(libraryPrefix) ? libraryFile(wanted) : ownFile(wanted, read);
    parse(program, file?.text ?? null, file?.path ?? `${wanted}.ts`, false);
  }
}

function ownFile(internalPath: string, read: Read): { readonly path: string; readonly text: string } | null {
  for (const path of [`${internalPath}.ts`, `${internalPath}/index.ts`]) {
    const text = read(path);
    if (text !== null) return { path, text };
  }
  return null;
}

/** The language knows a few things of browsers and Node, which no kernel has: `console.log`, `Date.now`. */
function foreignCalls(code: Uint8Array, sources: readonly Source[]): readonly Diagnostic[] {
  const shape = describeModule(code);
  const names = shape.ok ? shape.value.imports.filter(({ module }) => module === 'env') : [];
  return names.map(({ name }) => {
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
const gaveUp = (path: string, error: unknown): Diagnostic =>
  errorIn(
    path,
    `the compiler gave up on this file: ${error instanceof Error ? error.message : String(error)}`,
  );

/** The smallest runtime of the three: nothing is freed before the message ends. */
const stubRuntime = 0;

/** Light, so that a saved contract is ready at once and its code can still be followed by its source. */
const optimizeLevel = 1;
const shrinkLevel = 0;
