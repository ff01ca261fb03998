import { basename, extname, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fault } from '../../base/fault';
import type { Build, Diagnostic } from '../../contracts/build';
import { importsOf } from '../../contracts/describe';
import { importSetOf } from '../../contracts/import-sets/import-sets';
import { openHeadless } from '../../host/headless';
import { systemFault } from '../../host/system-fault';
import { workspaceOf } from '../../workspace/workspace';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import type { Style } from '../terminal';
import { amount, countToText } from '../value-text';

export interface BuildOptions extends CommonOptions {
  readonly output?: string;
}

export async function build(file: string, options: BuildOptions, session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const ending = extname(file);
  const output = options.output ?? `${basename(file, ending)}${ending === '.js' ? '.bundle' : '.wasm'}`;
  if (resolve(output) === resolve(file)) {
    const words = `${file} would be overwritten by its own module`;
    return failWith(session, [fault('same-file', words, { remedy: 'choose another file with -o' })], options);
  }
  const workspace = await workspaceOf(file);
  const headless = openHeadless(workspace, session.built, process.cwd());
  try {
    const path = relative(workspace.folder, resolve(file));
    const isImportSet = importSetOf(path) !== null;
    const built = await headless.parts.build(path);
    if (!built.ok) return await failWith(session, [built.error], options);
    const { diagnostics } = built.value;
    const contract = built.value.ok && !isImportSet ? built.value : null;
    if (contract !== null) {
      try {
        await writeFileAtomic(output, Buffer.from(contract.code));
      } catch (error) {
        return await failWith(session, [systemFault(output, error)], options);
      }
    }
    if (options.json === true) {
      await terminal.write(
        `${valueToJson({
          kernelscope: 1,
          file,
          built: built.value.ok,
          diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic })),
          output: contract === null ? null : output,
          bytes: contract === null ? 0 : contract.code.length,
          interface: contract === null ? null : JSON.parse(JSON.stringify(contract.interface)),
        })}\n`,
      );
    } else {
      for (const diagnostic of diagnostics) terminal.complain(diagnosticToLine(diagnostic, terminal.style));
      if (contract !== null) await terminal.write(`${output}: ${describe(contract)}\n`);
      else if (built.value.ok)
        await terminal.write(`${path}: an import set, for the contracts that import it to carry\n`);
    }
    return built.value.ok ? 0 : 1;
  } finally {
    await headless.close();
  }
}

function describe({ code, interface: { methods } }: Build & { readonly ok: true }): string {
  const carried = importsOf(code, []).map(({ name }) => name);
  const sets =
    carried.length === 0
      ? ''
      : `, with the import ${carried.length === 1 ? 'set' : 'sets'} ${carried.join(', ')}`;
  return `${countToText(code.length)} bytes, ${amount(methods.length, 'method')}${sets}`;
}

function diagnosticToLine(diagnostic: Diagnostic, style: Style): string {
  const { file, line, column, severity, code, message } = diagnostic;
  const label = `${severity}${code === '' ? '' : ` ${code}`}`;
  return `${file}:${line}:${column}: ${severity === 'error' ? style.bad(label) : label}: ${message}`;
}
