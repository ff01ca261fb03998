import { hashToText } from '../../base/hash';
import { importWorld } from '../../host/import-world';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount } from '../value-text';

export async function importFile(
  { file, dir }: { readonly file: string; readonly dir: string },
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> {
  const { terminal } = session;
  const imported = await importWorld(file, dir);
  if (!imported.ok) return failWith(session, [imported.error], options);
  const { folder, length, root, blocks } = imported.value;
  if (options.json === true) {
    const document = { kernelscope: 1, folder, length, root: hashToText(root), blocks };
    await terminal.write(`${valueToJson(document)}\n`);
  } else {
    await terminal.write(
      `made ${folder} with a world of ${amount(length, 'receipt')}, ${hashToText(root)}\n` +
        `  kernelscope ${dir} opens it\n`,
    );
  }
  return 0;
}
