import { createWorkspace, listTemplates } from '../../workspace/template';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { type CommandContext, declare } from './command';

interface NewOptions extends CommonOptions {
  readonly template: string;
}

export function addNew(context: CommandContext): void {
  declare(context, 'new <dir>', 'make a workspace from an example')
    .option('--template <name>', 'the example to copy', 'counter')
    .action(async (dir: string, options: NewOptions) =>
      context.end(await makeNew(dir, options, context.session)),
    );
}

async function makeNew(dir: string, options: NewOptions, session: Session): Promise<ExitCode> {
  const { terminal, built } = session;
  const { template } = options;
  const made = await createWorkspace({ folder: dir, examples: built.examples, template });
  if (!made.ok) return failWith(session, [made.error], options);
  const { folder } = made.value;
  if (options.json === true) {
    await terminal.write(`${valueToJson({ kernelscope: 1, folder, template })}\n`);
  } else {
    const others = (await listTemplates(built.examples)).filter((name) => name !== template);
    await terminal.write(`made ${folder} from the example ${template}\n`);
    await terminal.write(`  kernelscope ${dir} opens it; other examples: ${others.join(', ')}\n`);
  }
  return 0;
}
