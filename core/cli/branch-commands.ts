/** The commands below `kernelscope branch`. */
import type { Command } from 'commander';
import type { CompareOptions } from './commands/compare';
import type { ForkOptions } from './commands/fork';
import { collect, wholeNumber } from './option-values';
import type { CommonOptions, ExitCode, Session } from './session';

export function declareBranchCommands(
  program: Command,
  session: Session,
  end: (code: ExitCode) => void,
): void {
  const branch = program
    .command('branch')
    .description('list, fork, compare and name the branches of a world');
  const declare = (usage: string, description: string): Command =>
    branch.command(usage).description(description).option('--json', 'write one JSON document for programs');

  declare('list <world>', 'list the branches; * marks the one that is worked on').action(
    async (folder: string, options: CommonOptions) => {
      const { branchList } = await import('./commands/branch');
      end(await branchList(folder, options, session));
    },
  );

  declare('fork <world> <name>', 'go on from a point of the past, with something changed there')
    .option('--of <branch>', 'the branch to fork (default: the one that is worked on)')
    .option('--at <count>', 'how many receipts to share (default: all)', wholeNumber())
    .option('--again', 'make the call of the next receipt once more')
    .option('--call <method>', 'call another method in its place')
    .option('--args <yaml>', 'with these arguments: a list, or a map by name')
    .option('--write <path=yaml>', 'set an entry of a state, /bank/alice:balance=7', collect, [])
    .option('--delete <path>', 'delete an entry of a state', collect, [])
    .option('--bind <address=contract>', 'bind other code, /bank=contracts/bank.ts', collect, [])
    .option('--answer <import=yaml>', 'answer an import from there on, /bank:kernel.time=5', collect, [])
    .option(
      '--fail <import=words>',
      'let an import fail from there on, /bank:kernel.time=no clock',
      collect,
      [],
    )
    .option('--repeat', 'send the signals that came later again, each when nothing else is on its way')
    .option('--no-run', 'leave on its way what is on its way')
    .addHelpText(
      'after',
      '\n--write, --delete, --bind, --answer and --fail may be given more than once. /bank:kernel.time#0=5 answers the\nfirst call of each message alone.',
    )
    .action(async (folder: string, name: string, options: ForkOptions) => {
      const { branchFork } = await import('./commands/fork');
      // Other arguments are another call.
      const call = options.args === undefined || options.call !== undefined ? {} : { again: true as const };
      end(await branchFork({ folder, name }, { ...options, ...call }, session));
    });

  declare(
    'compare <world> <left> <right>',
    'put the receipts of two branches side by side, from where they part',
  )
    .option('--all', 'list receipts that are the same on both sides, too')
    .action(async (folder: string, left: string, right: string, options: CompareOptions) => {
      const { branchCompare } = await import('./commands/compare');
      end(await branchCompare({ folder, left, right }, options, session));
    });

  declare('switch <world> <name>', 'choose the branch that is worked on').action(
    async (folder: string, name: string, options: CommonOptions) => {
      const { branchSwitch } = await import('./commands/branch');
      end(await branchSwitch({ folder, name }, options, session));
    },
  );

  declare('rename <world> <name> <to>', 'give a branch another name').action(
    async (folder: string, name: string, to: string, options: CommonOptions) => {
      const { branchRename } = await import('./commands/branch');
      end(await branchRename({ folder, name, to }, options, session));
    },
  );

  declare(
    'delete <world> <name>',
    'take the name of a branch away; `kernelscope collect` frees what only it had',
  ).action(async (folder: string, name: string, options: CommonOptions) => {
    const { branchDelete } = await import('./commands/branch');
    end(await branchDelete({ folder, name }, options, session));
  });
}
