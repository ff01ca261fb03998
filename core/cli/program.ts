/** The command line: what can be called, and what a call that is wrong is told. */
import { Command, CommanderError } from 'commander';
import { fault } from '../base/fault';
import { findBuiltFiles } from '../host/built-files';
import { addBuild } from './commands/build';
import type { CommandContext } from './commands/command';
import { addHistory } from './commands/history';
import { addNew } from './commands/new';
import { addOpen } from './commands/open';
import { addRun } from './commands/run';
import { addServe } from './commands/serve';
import { addState } from './commands/state';
import { addTest } from './commands/test';
import { type ExitCode, failWith } from './session';
import type { Terminal } from './terminal';

/** Runs one call of the command line to its end. `args` are those of the user. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const built = findBuiltFiles();
  let code: ExitCode = 0;
  let words = '';
  const program = new Command('kernelscope')
    .description('An IDE and inspector for actor kernels that run sandboxed WebAssembly contracts.')
    .version(built.version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (words += text) })
    .usage('[dir] | <command> [options]');
  const context: CommandContext = { program, session: { terminal, built }, end: (ended) => (code = ended) };
  for (const add of [addOpen, addServe, addNew, addBuild, addRun, addTest, addState, addHistory])
    add(context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const message = words.trim().replace(/^error: /, '');
    const wrong = fault('wrong-call', message, { remedy: '--help lists what there is' });
    await failWith({ terminal }, [wrong], args.includes('--json') ? { json: true } : {});
    return 2;
  }
}
