import { basename, extname, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fault } from '../../base/fault';
import type { Diagnostic } from '../../contracts/build';
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
    const built = await headless.parts.build(relative(workspace.folder, resolve(file)));
    if (!built.ok) return await failWith(session, [built.error], options);
    const { diagnostics } = built.value;
    if (built.value.ok) {
      try {
        await writeFileAtomic(output, Buffer.from(built.value.code));
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
          output: built.value.ok ? output : null,
          bytes: built.value.ok ? built.value.code.length : 0,
          interface: built.value.ok ? JSON.parse(JSON.stringify(built.value.interface)) : null,
        })}\n`,
      );
    } else {
      for (const diagnostic of diagnostics) terminal.complain(diagnosticToLine(diagnostic, terminal.style));
      if (built.value.ok) {
        const { code, interface: contract } = built.value;
        await terminal.write(
          `${output}: ${countToText(code.length)} bytes, ${amount(contract.methods.length, 'method')}\n`,
        );
      }
    }
    return built.value.ok ? 0 : 1;
  } finally {
    await headless.close();
  }
}

function diagnosticToLine(diagnostic: Diagnostic, style: Style): string {
  const { file, line, column, severity, code, message } = diagnostic;
  const label = `${severity}${code === '' ? '' : ` ${code}`}`;
  return `${file}:${line}:${column}: ${severity === 'error' ? style.bad(label) : label}: ${message}`;
}
