import { finish } from '../../base/steps';
import { type CheckedStore, checkStore } from '../../history/check';
import { openStore } from '../../host/stored-world';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount } from '../value-text';

export async function check(folder: string, options: CommonOptions, session: Session): Promise<ExitCode> {
  const storage = await openStore(folder);
  if (!storage.ok) return failWith(session, [storage.error], options);
  try {
    const checked = finish(checkStore(storage.value));
    await (options.json === true ? printJson(checked, session) : printText(checked, session));
    return checked.branches.every(({ damages }) => damages.length === 0) ? 0 : 1;
  } finally {
    storage.value.close();
  }
}

async function printText({ branches, segments }: CheckedStore, { terminal }: Session): Promise<void> {
  const { style } = terminal;
  for (const { name, length, damages } of branches) {
    const receipts = length === null ? '' : `, ${amount(length, 'receipt')}`;
    const verdict = damages.length === 0 ? style.good('whole') : style.bad(`${damages.length} damaged`);
    await terminal.write(`${name}${receipts}: ${verdict}\n`);
    for (const { block, problem, place } of damages)
      await terminal.write(`  ${place}: ${block === null ? '' : `block ${block} `}${problem}\n`);
  }
  if (segments > 0)
    await terminal.write(
      `${amount(segments, 'part')} of the index damaged, to be made again when asked for\n`,
    );
  if (branches.some(({ damages }) => damages.length > 0))
    await terminal.write(
      'Branches that are whole can be worked on: `kernelscope branch switch`. One that is not can be forked before\n' +
        'what is damaged, or deleted; a copy of the store, or an export of it, has what is missing here.\n',
    );
}

async function printJson({ branches, segments }: CheckedStore, { terminal }: Session): Promise<void> {
  const document = {
    kernelscope: 1,
    branches: branches.map((branch) => ({
      ...branch,
      damages: branch.damages.map((damage) => ({ ...damage })),
    })),
    segments,
  };
  await terminal.write(`${valueToJson(document)}\n`);
}
