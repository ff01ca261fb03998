import { createWorkspace, listTemplates } from '../../workspace/template';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';

export interface NewOptions extends CommonOptions {
  readonly template: string;
}

export async function makeNew(dir: string, options: NewOptions, session: Session): Promise<ExitCode> {
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
