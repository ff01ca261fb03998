/** Builds a contract in JavaScript: its modules are run as a world would, which finds what is wrong with them. */
import { bytesToText } from '../../base/bytes';
import { faultToText } from '../../base/fault';
import { type Result, assert, err, ok } from '../../base/result';
import { allImports } from '../../imports/all';
import { setsToModules } from '../../imports/javascript-binding';
import { bundleToBytes } from '../../javascript/bundle';
import { reportedTexts } from '../../javascript/exchange';
import { createSandbox } from '../../javascript/sandbox';
import { largestGas } from '../../wasm/metering/meter';
import type { Build, Diagnostic, ReadFile } from '../build';
import { describeCode, parseInterface } from '../describe';
import { errorIn, errorInScript } from '../diagnostic';
import { type ImportSets, createImportSets } from '../import-sets/import-sets';
import { type ExportedFunction, describeFunctions } from './describe-functions';
import { parametersOf } from './parameters';
import { type SourceFiles, createSourceFiles } from './source-files';

export function buildBundle(path: string, readFile: ReadFile): Build {
  const files = createSourceFiles(readFile);
  const sets = createImportSets(readFile);
  const sidecarPath = path.replace(/\.js$/, '.interface.json');
  const sidecar = readFile(sidecarPath);
  const refused = (diagnostics: readonly Diagnostic[]): Build => ({
    ok: false,
    diagnostics,
    inputs: inputs(),
  });
  const inputs = (): readonly string[] => [
    path,
    ...files.found().flatMap((file) => (file.path === path ? [] : [file.path])),
    ...(sidecar === null ? [] : [sidecarPath]),
    ...sets.inputs,
  ];

  const entry = files.read(path);
  const problem = files.problemOf(path);
  if (entry === null || problem !== null) return refused(problem === null ? [] : [problem]);
  const functions = findFunctions(path, files, sets);
  if (sets.diagnostics.length > 0) return refused(sets.diagnostics);
  if (!functions.ok) return refused([functions.error]);
  const described = describeFunctions(functions.value, entry);
  if (described.diagnostics.length > 0) return refused(described.diagnostics);
  const declared = sidecar === null ? ok(described.contract) : parseInterface(bytesToText(sidecar));
  if (!declared.ok) return refused([errorIn(sidecarPath, faultToText(declared.error))]);

  const code = bundleToBytes({
    files: files.found(),
    exports: functions.value.map(({ name, text }) => ({
      name,
      takesArguments: name !== 'receive' && parametersOf(text).length > 0,
    })),
    interface: JSON.stringify(declared.value),
    imports: sets.section(),
  });
  const description = describeCode(code);
  assert(description.ok, 'a bundle that was just made can be read');
  const { contract, warnings } = description.value;
  const diagnostics = warnings.map((message): Diagnostic => ({
    ...errorIn(sidecarPath, message),
    severity: 'warning',
  }));
  return { ok: true, code, interface: contract, sourceMap: null, diagnostics, inputs: inputs() };
}

/** As much as worlds give by default. */
const buildLimits = { memory: 1 << 24, stack: 200_000 };

/** The functions that the contract exports, in the order of their text. */
function findFunctions(
  path: string,
  files: SourceFiles,
  sets: ImportSets,
): Result<readonly ExportedFunction[], Diagnostic> {
  const script = sandbox.load({
    main: listFunctions(path),
    read: (name) => importSetModule(name, sets) ?? files.read(name),
    limits: buildLimits,
  });
  if (!script.ok) return err(errorInScript(path, script.error, files));
  const texts: string[] = [];
  script.value.run('', largestGas, (exchange, { memory }) => {
    texts.push(...reportedTexts(memory(), exchange));
  });
  const listed: ExportedFunction[] = [];
  for (let index = 0; index < texts.length; index += 3) {
    const [name = '', text = '', from = ''] = texts.slice(index, index + 3);
    const file = files.read(from);
    if (file !== null) listed.push({ name, text, file, path: from });
  }
  const place = ({ file, text }: ExportedFunction): number => file.indexOf(text);
  return ok(listed.toSorted((left, right) => place(left) - place(right)));
}

const sandbox = createSandbox(setsToModules(allImports));

/** That of the workspace's import set `kernelscope/NAME`. */
function importSetModule(name: string, sets: ImportSets): string | null {
  const set = name.startsWith('kernelscope/') ? sets.find(name.slice('kernelscope/'.length)) : null;
  return set === null ? null : (setsToModules([set]).get(name) ?? null);
}

/** Reports each exported function: its name, its text and its file. */
const listFunctions = (path: string): string => `
  import * as contract from ${JSON.stringify(path)};
  import { report } from 'kernelscope/exchange';
  export default () => {
    const functions = Object.entries(contract).filter(([name, item]) => typeof item === 'function' && name !== 'default');
    report(functions.flatMap(([name, item]) => [name, String(item), String(item.fileName)]));
    return 0;
  };`;
