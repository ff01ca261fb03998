import type { Fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Storage } from '../../base/storage';
import {
  type BranchSummary,
  chooseBranch,
  chosenBranch,
  deleteBranch,
  listBranches,
  noBranch,
  renameBranch,
} from '../../history/branches';
import { openStoredWorld } from '../../host/stored-world';
import { openWorldToChange } from '../../host/world-to-change';
import { mainBranch } from '../../host/world-parts';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount, countToText } from '../value-text';

export async function branchList(
  folder: string,
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> {
  const world = await openStoredWorld(folder);
  if (!world.ok) return failWith(session, [world.error], options);
  try {
    await print(world.value.storage, options, session);
    return 0;
  } finally {
    world.value.close();
  }
}

export const branchRename = (
  { folder, name, to }: { readonly folder: string; readonly name: string; readonly to: string },
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> => change(folder, options, session, (storage) => renameBranch(storage, name, to));

export const branchDelete = (
  { folder, name }: { readonly folder: string; readonly name: string },
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> => change(folder, options, session, (storage) => deleteBranch(storage, name));

export const branchSwitch = (
  { folder, name }: { readonly folder: string; readonly name: string },
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> =>
  change(folder, options, session, (storage) => {
    if (!listBranches(storage).some((branch) => branch.name === name)) return err(noBranch(storage, name));
    return ok(chooseBranch(storage, name));
  });

async function change(
  folder: string,
  options: CommonOptions,
  session: Session,
  act: (storage: Storage) => Result<void, Fault>,
): Promise<ExitCode> {
  const world = await openWorldToChange(folder);
  if (!world.ok) return failWith(session, [world.error], options);
  try {
    const done = act(world.value.storage);
    if (!done.ok) return await failWith(session, [done.error], options);
    await print(world.value.storage, options, session);
    return 0;
  } finally {
    world.value.close();
  }
}

async function print(storage: Storage, { json }: CommonOptions, { terminal }: Session): Promise<void> {
  const chosen = chosenBranch(storage) ?? mainBranch;
  const branches = listBranches(storage);
  if (json === true) {
    const rows = branches.map(({ name, length, fork }) => ({
      name,
      length,
      fork: fork === null ? null : { at: fork.at, from: [...fork.from] },
    }));
    await terminal.write(`${valueToJson({ kernelscope: 1, chosen, branches: rows })}\n`);
    return;
  }
  const { style } = terminal;
  for (const branch of branches) {
    const name = branch.name === chosen ? style.strong(branch.name) : branch.name;
    const mark = branch.name === chosen ? '*' : ' ';
    await terminal.write(
      `${mark} ${name}: ${amount(branch.length, 'receipt')}${style.faint(forkToText(branch))}\n`,
    );
  }
}

function forkToText({ fork }: BranchSummary): string {
  if (fork === null) return '';
  const from = fork.from.length === 0 ? 'a branch that was deleted' : fork.from.join(', ');
  return `, the first ${countToText(fork.at)} shared with ${from}`;
}
