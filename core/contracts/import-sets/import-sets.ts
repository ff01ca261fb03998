/** The import sets of a workspace, `imports/NAME.js`: read when a contract that imports from them is built. */
import { allImports } from '../../imports/all';
import { type CarriedSet, carriedSetsToBytes, importName, importsSection } from '../../imports/carried-set';
import { type Result, err, ok } from '../../base/result';
import { reportedTexts } from '../../javascript/exchange';
import { libraries } from '../../javascript/libraries';
import { createSandbox } from '../../javascript/sandbox';
import { withCustomSection } from '../../wasm/custom-section';
import { describeModule } from '../../wasm/describe';
import { largestGas } from '../../wasm/metering/meter';
import type { Diagnostic, ReadFile } from '../build';
import { carriedSetsOf } from '../describe';
import { errorIn, errorInScript } from '../diagnostic';
import { createSourceFiles } from '../javascript/source-files';
import { sdkFiles } from '../sdk/sdk';
import { functionMark, readDeclaration } from './declaration';

/** Those that one build uses, each read once. */
export interface ImportSets {
  /** `null` when the workspace has none of this name, and when it can't be read: then there is a diagnostic. */
  find(name: string): CarriedSet | null;
  /** Those that were found, as a bundle carries them; `null` for none. */
  section(): Uint8Array | null;
  /** The module with the sets that it imports from. Those that it carries already give way to the workspace's. */
  carriedBy(code: Uint8Array): Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
  /** Files that were read. */
  readonly inputs: readonly string[];
}

export function createImportSets(readFile: ReadFile): ImportSets {
  const setByName = new Map<string, CarriedSet | null>();
  const diagnostics: Diagnostic[] = [];
  const inputs: string[] = [];

  function find(name: string): CarriedSet | null {
    const known = setByName.get(name);
    if (known !== undefined) return known;
    const read = isThere(name, readFile) ? readImportSet(name, readFile) : null;
    if (read?.ok === false) diagnostics.push(read.error);
    const set = read?.ok === true ? read.value : null;
    inputs.push(...(set === null ? [] : set.files.map(({ path }) => path)));
    setByName.set(name, set);
    return set;
  }

  return {
    find,
    section() {
      const found = [...setByName.values()].filter((set) => set !== null);
      return found.length === 0 ? null : carriedSetsToBytes(found);
    },
    carriedBy(code) {
      const shape = describeModule(code);
      if (!shape.ok) return code;
      const modules = new Set(shape.value.imports.map(({ module }) => module));
      const found = [...modules].flatMap((name) => find(name) ?? []);
      if (found.length === 0) return code;
      const kept = carriedSetsOf(shape.value).filter(({ name }) => (setByName.get(name) ?? null) === null);
      return withCustomSection(code, importsSection, carriedSetsToBytes([...found, ...kept]));
    },
    diagnostics,
    inputs,
  };
}

/** The set that a path of the workspace is of; `null` for any other file. */
export const importSetOf = (path: string): string | null =>
  path.endsWith('.d.ts') ? null : (/^imports\/([^/]+)\.[jt]s$/.exec(path)?.[1] ?? null);

const pathOf = (name: string): string => `imports/${name}.js`;
const typedPathOf = (name: string): string => `imports/${name}.ts`;

const isThere = (name: string, readFile: ReadFile): boolean =>
  importName.safeParse(name).success &&
  allImports.every((offered) => offered.name !== name) &&
  [pathOf(name), typedPathOf(name)].some((path) => readFile(path) !== null);

/** A set of the workspace, whose file is there. */
export function readImportSet(name: string, readFile: ReadFile): Result<CarriedSet, Diagnostic> {
  const path = pathOf(name);
  if (readFile(path) === null) {
    const words = `an import set is written in JavaScript: rename the file to ${path}, and leave out its types`;
    return err(errorIn(typedPathOf(name), words));
  }
  const wrong = (message: string) => err(errorIn(path, message));
  if (!importName.safeParse(name).success) return wrong(`${name} is no name for an import set`);
  if (isTaken(name)) return wrong(`an import set can't be called ${name}: there is a "kernelscope/${name}"`);
  const files = createSourceFiles(readFile);
  const problem = files.problemOf(path);
  if (problem !== null) return err(problem);
  const script = sandbox.load({ main: reporter(path), read: files.read, limits: buildLimits });
  if (!script.ok) return err(errorInScript(path, script.error, files));
  let exported: unknown;
  const { cut } = script.value.run('', largestGas, (exchange, { memory }) => {
    const [json = 'null'] = reportedTexts(memory(), exchange);
    exported = JSON.parse(json);
  });
  if (cut !== null) return wrong(cut.kind === 'uncaught' ? cut.message : cut.kind);
  const declared = readDeclaration(name, exported);
  return declared.ok ? ok({ ...declared.value, files: files.found() }) : wrong(declared.error);
}

const isTaken = (name: string): boolean =>
  allImports.some((offered) => offered.name === name) ||
  libraries.has(`kernelscope/${name}`) ||
  sdkFiles.has(`node_modules/kernelscope/${name}.ts`);

const sandbox = createSandbox(new Map());

/** As much as worlds give by default. */
const buildLimits = { memory: 1 << 24, stack: 200_000 };

/** Reports the default export of a set as JSON. */
const reporter = (path: string): string => `
  import * as file from ${JSON.stringify(path)};
  import { report } from 'kernelscope/exchange';
  export default () => {
    const mark = (key, value) => (typeof value === 'function' ? ${JSON.stringify(functionMark)} : value);
    report([JSON.stringify(file.default ?? null, mark)]);
    return 0;
  };`;
