import { collectWorld } from '../../host/collect-world';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount, countToText } from '../value-text';

export async function collect(folder: string, options: CommonOptions, session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const collected = await collectWorld(folder);
  if (!collected.ok) return failWith(session, [collected.error], options);
  const { blocks, bytes, before, after } = collected.value;
  if (options.json === true) {
    const document = { kernelscope: 1, blocks, bytes, before: { ...before }, after: { ...after } };
    await terminal.write(`${valueToJson(document)}\n`);
    return 0;
  }
  await terminal.write(
    `freed ${amount(blocks, 'block')}, ${amount(bytes, 'byte')}\n` +
      `in use: ${countToText(before.used)} bytes before, ${countToText(after.used)} now\n` +
      `on disk: ${countToText(before.whole)} bytes before, ${countToText(after.whole)} now; ` +
      'what is free there is used before the file grows\n',
  );
  return 0;
}
