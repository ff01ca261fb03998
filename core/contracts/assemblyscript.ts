/** AssemblyScript: compiled in this thread by its own compiler, with the contract SDK under the name `kernelscope`. */
import type { Parser } from 'assemblyscript';
import asc, { type DiagnosticMessage } from 'assemblyscript/asc';
import { Transform } from 'assemblyscript/transform';
import { bytesToText, textToBytes } from '../base/bytes';
import { withCustomSection } from '../wasm/custom-section';
import type { Build, Diagnostic, Language } from './build';
import { type Dispatcher, addDispatcher } from './dispatcher';
import { interfaceSection } from './interface';
import { sdkFiles } from './sdk/sdk';
import { placeAt } from './text-place';

export const assemblyScript: Language = {
  name: 'AssemblyScript',
  extensions: ['.ts'],
  async build(path, readFile) {
    const textByPath = new Map<string, string>();
    const outputs = new Map<string, Uint8Array | string>();
    const messages: DiagnosticMessage[] = [];
    const contractImport = `./${path.replace(/\.ts$/, '')}`;
    let dispatcher: Dispatcher | undefined;

    function read(name: string): string | null {
      if (name === entryPath) return `import "kernelscope";\nimport ${JSON.stringify(contractImport)};\n`;
      const library = sdkFiles.get(name);
      if (library !== undefined) return library;
      const bytes = name.startsWith('..') || name.startsWith('node_modules/') ? null : readFile(name);
      if (bytes === null) return null;
      const text = bytesToText(bytes);
      textByPath.set(name, text);
      return text;
    }

    function afterParse(parser: Parser): void {
      const own = parser.sources.filter(({ normalizedPath }) => textByPath.has(normalizedPath));
      const contract = own.find(({ normalizedPath }) => normalizedPath === path);
      if (contract === undefined) return;
      dispatcher = addDispatcher(contract, own, contractImport);
      parser.parseFile(dispatcher.exports, exportsPath, true);
    }

    const { error } = await asc.main([entryPath, ...compilerOptions], {
      readFile: read,
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
      stderr: { write: () => undefined },
      reportDiagnostic: (message) => void messages.push(message),
      transforms: [Object.assign(new DispatcherTransform(), { afterParse })],
    });

    const faults = dispatcher?.faults ?? [];
    const diagnostics = [
      ...faults.map(({ range, message }) =>
        faultToDiagnostic(message, range.source.normalizedPath, range.source.text, range),
      ),
      // What the dispatcher can't express, the compiler refuses once more where the author has written nothing.
      ...messages
        .filter(({ range }) => faults.length === 0 || textByPath.has(range?.source.normalizedPath ?? ''))
        .map((message) => messageToDiagnostic(message, path, textByPath)),
    ];
    const inputs = [...textByPath.keys()];
    const code = outputs.get('out.wasm');
    const sourceMap = outputs.get('out.wasm.map');
    const isBroken = diagnostics.some(({ severity }) => severity === 'error');
    if (!(code instanceof Uint8Array) || dispatcher === undefined || isBroken) {
      if (!isBroken) {
        diagnostics.push(
          faultToDiagnostic(error?.message ?? 'the compiler gave no code', path, '', { start: 0, end: 0 }),
        );
      }
      return { ok: false, diagnostics, inputs };
    }
    return {
      ok: true,
      code: withCustomSection(code, interfaceSection, textToBytes(JSON.stringify(dispatcher.contract))),
      interface: dispatcher.contract,
      sourceMap: typeof sourceMap === 'string' ? sourceMap : null,
      diagnostics,
      inputs,
    } satisfies Build;
  },
};

class DispatcherTransform extends Transform {}

const entryPath = 'kernelscope-entry.ts';
const exportsPath = 'kernelscope-exports.ts';

const compilerOptions = [
  ['--outFile', 'out.wasm'],
  ['--sourceMap'],
  ['--debug'],
  ['--optimizeLevel', '1'],
  // Each message has an instance of its own, so nothing has to be given back.
  ['--runtime', 'stub'],
  ['--use', 'abort=~lib/kernelscope/index/abort'],
].flat();

const errorCategory = 3;
const warningCategory = 2;

function messageToDiagnostic(
  { message, code, category, range }: DiagnosticMessage,
  contract: string,
  textByPath: ReadonlyMap<string, string>,
): Diagnostic {
  const source = range?.source;
  const text = source === undefined ? undefined : textByPath.get(source.normalizedPath);
  const severity = severityByCategory[category] ?? 'info';
  // What is wrong in a part that the author didn't write is told at the head of the contract.
  const [file, place] =
    range === null || source === undefined || text === undefined
      ? [contract, { line: 1, column: 1, length: 0 }]
      : [source.normalizedPath, placeAt(text, range.start, range.end)];
  return { file, ...place, severity, message, code: `AS${code}` };
}

const severityByCategory: Readonly<Record<number, Diagnostic['severity']>> = {
  [errorCategory]: 'error',
  [warningCategory]: 'warning',
};

const faultToDiagnostic = (
  message: string,
  file: string,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Diagnostic => ({ file, ...placeAt(text, start, end), severity: 'error', message, code: '' });
