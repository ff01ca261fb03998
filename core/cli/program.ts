/** The command line: what can be called, and what a wrong call is told. Each command is loaded when it is called. */
import { Command, CommanderError, Option } from 'commander';
import { fault } from '../base/fault';
import { MissingBlock } from '../base/storage';
import { damageFault } from '../history/damage';
import { DamagedBlock } from '../history/stored-value';
import { findBuiltFiles } from '../host/built-files';
import type { BuildOptions } from './commands/build';
import type { ExportOptions } from './commands/export';
import type { HistoryOptions } from './commands/history';
import type { NewOptions } from './commands/new';
import type { ProofOptions, VerifyOptions } from './commands/proof';
import type { SearchOptions } from './commands/search';
import type { ServeOptions } from './commands/serve';
import type { StateOptions } from './commands/state';
import type { StatisticsOptions } from './commands/statistics';
import type { TestOptions } from './commands/test';
import { declareBranchCommands } from './branch-commands';
import { wholeNumber } from './option-values';
import { type CommonOptions, type ExitCode, type Session, failWith } from './session';
import type { Terminal } from './terminal';

/** Runs one call of the command line to its end. `args` are those of the user. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const session = { terminal, built: findBuiltFiles() };
  let code: ExitCode = 0;
  let help = '';
  let words = '';
  const program = new Command('kernelscope')
    .description('An IDE and inspector for actor kernels that run sandboxed WebAssembly contracts.')
    .usage('[dir] | <command> [options]')
    .version(session.built.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: (text) => (words += text) });
  declareCommands(program, session, (ended) => (code = ended));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof MissingBlock || error instanceof DamagedBlock)
      return failWith(session, [damageFault(error)], args.includes('--json') ? { json: true } : {});
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) {
      await terminal.write(help);
      return 0;
    }
    const message = words.trim().replace(/^error: /, '');
    const wrong = fault('wrong-call', message, { remedy: '--help lists what there is' });
    await failWith(session, [wrong], args.includes('--json') ? { json: true } : {});
    return 2;
  }
}

function declareCommands(program: Command, session: Session, end: (code: ExitCode) => void): void {
  const declare = (usage: string, description: string, isDefault = false): Command =>
    program
      .command(usage, { isDefault })
      .description(description)
      .option('--json', 'write one JSON document for programs');

  declare('open [dir]', 'open the IDE on a workspace: in Electron, or else in the browser', true)
    .addHelpText('after', '\nWithout a folder it opens the current one, or else an example of your own.')
    .action(async (dir: string | undefined, options: CommonOptions) => {
      const { openWindow } = await import('./commands/open');
      end(
        await openWindow(dir, options, { ...session, commands: program.commands.map((each) => each.name()) }),
      );
    });

  declare('serve [dir]', 'serve the IDE on 127.0.0.1; the first line is its address, token included')
    .option('--port <number>', 'the port to listen on; 0 is any that is free', wholeNumber(65_535), 0)
    .option('--no-open', 'leave it to you to open the address')
    .action(async (dir: string | undefined, options: ServeOptions) => {
      const { serve } = await import('./commands/serve');
      end(await serve(dir ?? '.', options, session));
    });

  declare('new <dir>', 'make a workspace from an example')
    .option('--template <name>', 'the example to copy', 'counter')
    .action(async (dir: string, options: NewOptions) => {
      const { makeNew } = await import('./commands/new');
      end(await makeNew(dir, options, session));
    });

  declare('build <file>', 'compile a contract to a wasm module')
    .option('-o, --output <file>', 'where to write the module (default: NAME.wasm in this folder)')
    .action(async (file: string, options: BuildOptions) => {
      const { build } = await import('./commands/build');
      end(await build(file, options, session));
    });

  declare('run <scenario>', 'run a scenario and print each message, import call and state change').action(
    async (file: string, options: CommonOptions) => {
      const { run } = await import('./commands/run');
      end(await run(file, options, session));
    },
  );

  declare('test [paths...]', 'run scenarios as tests: files, folders, or those of the workspace')
    .addOption(
      new Option('--reporter <name>', 'how to tell of them')
        .choices(['text', 'junit', 'json'])
        .default('text'),
    )
    .action(async (paths: string[], options: TestOptions) => {
      const { test } = await import('./commands/test');
      end(await test(paths.length === 0 ? ['.'] : paths, options, session));
    });

  program
    .command('dap')
    .description('debug scenarios from an editor: a Debug Adapter on standard input and output')
    .addHelpText('after', dapHelp)
    .action(async () => {
      const { debugAdapter } = await import('./commands/dap');
      end(await debugAdapter(session));
    });

  declare('state <world> <path>', "print a kernel's state in a stored world")
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--at <count>', 'the world after this many receipts (default: now)', wholeNumber())
    .addHelpText(
      'after',
      '\nPATH is the address of a kernel, /bank/alice, and may go on with the part of its state that is\nmeant: /bank/alice:balance is the key `balance` and all keys below `balance/`.',
    )
    .action(async (world: string, path: string, options: StateOptions) => {
      const { state } = await import('./commands/state');
      end(await state({ folder: world, path }, options, session));
    });

  declare('search <world> <term>', 'find the entries of all states that hold a term, in keys or values')
    .addOption(
      new Option('--as <kind>', 'what the term is; a number is found in decoded values')
        .choices(['text', 'hex', 'number'])
        .default('text'),
    )
    .addOption(
      new Option('--in <places>', 'where to look').choices(['keys', 'values', 'both']).default('both'),
    )
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--below <address>', 'the kernel to search, and all below it', '/')
    .option('--at <count>', 'the world after this many receipts (default: now)', wholeNumber())
    .option('--count <number>', 'how many to find (default: all)', wholeNumber())
    .action(async (world: string, term: string, options: SearchOptions) => {
      const { search } = await import('./commands/search');
      end(await search({ folder: world, text: term }, options, session));
    });

  declare(
    'statistics <world> [address]',
    'measure the state of a kernel and of all below it: entries, nodes, bytes',
  )
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--at <count>', 'the world after this many receipts (default: now)', wholeNumber())
    .option('--shared-with <count>', 'tell what the world after this many receipts has, too', wholeNumber())
    .option('--alone', 'leave out the kernels below it')
    .action(async (world: string, address: string | undefined, options: StatisticsOptions) => {
      const { statistics } = await import('./commands/statistics');
      end(await statistics({ folder: world, address: address ?? '/' }, options, session));
    });

  declare('diff <before> <after>', 'list what two stored worlds differ in, or one at two points of its past')
    .addHelpText(
      'after',
      '\nBEFORE and AFTER are each WORLD, or WORLD@LENGTH after that many receipts, or WORLD@BRANCH, or\nWORLD@BRANCH:LENGTH.',
    )
    .action(async (before: string, after: string, options: CommonOptions) => {
      const { diff } = await import('./commands/diff');
      end(await diff({ before, after }, options, session));
    });

  declare('export <world>', 'write a stored world with all its past to a CAR file, which any IPLD tool reads')
    .option('-o, --output <file>', 'where to write it (default: NAME.car in this folder)')
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--state', 'the kernels alone, without their past; this is not for import')
    .option('--at <count>', 'the kernels alone, after this many receipts', wholeNumber())
    .action(async (world: string, options: ExportOptions) => {
      const { exportWorld } = await import('./commands/export');
      end(await exportWorld(world, options, session));
    });

  declare(
    'import <file> <dir>',
    'make a workspace with the world and the past that an exported file holds',
  ).action(async (file: string, dir: string, options: CommonOptions) => {
    const { importFile } = await import('./commands/import');
    end(await importFile({ file, dir }, options, session));
  });

  declare('proof <world> <path>', 'prove what a key of a kernel holds, or that it is not there')
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--at <count>', 'the world after this many receipts (default: now)', wholeNumber())
    .addHelpText(
      'after',
      "\nPATH is /bank/alice:balance. With --json it writes the proof, which leads from the world's root to the\nkey; `kernelscope verify FILE` checks it anywhere.",
    )
    .action(async (world: string, path: string, options: ProofOptions) => {
      const { prove } = await import('./commands/proof');
      end(await prove({ folder: world, path }, options, session));
    });

  declare('verify <file>', 'check a proof that `kernelscope proof --json` wrote, with nothing but the proof')
    .option('--root <cid>', "the world's root that you trust (default: the one that the proof names)")
    .action(async (file: string, options: VerifyOptions) => {
      const { verify } = await import('./commands/proof');
      end(await verify(file, options, session));
    });

  declare(
    'history [world]',
    'list receipts of a stored world: all of them, or those that hold to what is asked',
  )
    .option('--branch <name>', 'the branch to read (default: the one that is worked on)')
    .option('--from <index>', 'the first receipt to look at', wholeNumber())
    .option('--count <number>', 'how many to list (default: all)', wholeNumber())
    .option('--newest', 'the newest first')
    .option('--sender <address>', 'messages that this kernel sent; `outside` for signals')
    .option('--to <address>', 'messages to this kernel')
    .option('--method <name>', 'messages that call this method')
    .addOption(new Option('--outcome <kind>', 'messages that ended so').choices(['ok', 'trap', 'rejected']))
    .option('--uses <import>', 'messages whose run called this import, kernel.time')
    .option('--wrote <path>', 'messages that changed something there')
    .option('--read <path>', 'messages that looked at something there')
    .option('--touched <path>', 'messages that did either')
    .option('--below', 'paths of kernels mean those below them, too')
    .option('--value <path>', 'the values of one key over time: /bank/alice:balance')
    .addHelpText(
      'after',
      '\nA PATH is the address of a kernel, or /bank/alice:balance for a key and all below it, or\n/bank/alice:bal* for all keys that begin so. --uses, --read and --touched run the messages again, once.',
    )
    .action(async (world: string | undefined, options: HistoryOptions) => {
      const { history } = await import('./commands/history');
      end(await history(world ?? '.', options, session));
    });

  declare('check <world>', 'look for damage: every block that a branch needs, and what leads to it').action(
    async (folder: string, options: CommonOptions) => {
      const { check } = await import('./commands/check');
      end(await check(folder, options, session));
    },
  );

  declare('collect <world>', 'free what no branch reaches, such as the past of one that was deleted').action(
    async (folder: string, options: CommonOptions) => {
      const { collect } = await import('./commands/collect');
      end(await collect(folder, options, session));
    },
  );

  declareBranchCommands(program, session, end);
}

const dapHelp = `
A launch configuration has:
  scenario     path of the scenario file
  step         begin with this step of it, from 1 (default: the first)
  receipt      begin with the message of this receipt, as \`kernelscope run\` prints it
  stopOnEntry  stop at the first line (default: at the first breakpoint)
  noDebug      run it without stopping

docs/debug-adapter.md tells how editors are set up.`;
