/** Makes branches, and lets them go on. */
import type { Clock } from '../../base/clock';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { inSlices } from '../../base/slices';
import type { Storage } from '../../base/storage';
import type { Branch } from '../../history/branch';
import { type BranchSummary, listBranches } from '../../history/branches';
import type { ForkOptions } from '../../history/fork';
import { type LaterSignals, repeatSignals, runToRest } from '../../history/repeat';
import type { BranchRow } from '../protocol/branch';
import type { OpenBranches } from './open-branches';

export interface Forked extends ForkOptions {
  /** How far it goes: it leaves what is on its way, delivers it, or also sends the signals that came later. */
  readonly run: 'none' | 'rest' | 'repeat';
}

/** In slices. Aborted, the branch stays where it came to. */
export type MakeFork = (
  source: Branch,
  options: Forked,
  signal: AbortSignal,
) => Promise<Result<BranchRow, Fault>>;

export function createForking({
  branches,
  storage,
  open,
  clock,
}: {
  readonly branches: OpenBranches;
  readonly storage: Storage;
  readonly open: (name: string) => Branch | undefined;
  readonly clock: Clock;
}): MakeFork {
  return async (source, { run, ...options }, signal) => {
    const { name } = options;
    const later = source.fork(options);
    if (!later.ok) return later;
    const forked = open(name);
    if (forked === undefined) return err(wasDeleted(name));
    const ran = await inSlices(stepsOf(run, { branch: forked, source, later: later.value }), clock, signal);
    forked.dispose();
    // Whoever read it meanwhile has it as it was then.
    branches.close(name);
    if (!ran.ok) return ran;
    const summary = listBranches(storage).find((branch) => branch.name === name);
    return summary === undefined ? err(wasDeleted(name)) : ok(summaryToRow(summary, branches.current));
  };
}

export const summaryToRow = (summary: BranchSummary, current: Branch): BranchRow => ({
  name: summary.name,
  length: summary.length,
  fork: summary.fork === null ? null : { at: summary.fork.at, from: [...summary.fork.from] },
  current: summary.name === current.name,
});

function* stepsOf(
  run: Forked['run'],
  fork: { readonly branch: Branch; readonly source: Branch; readonly later: LaterSignals },
): Generator<void, void, undefined> {
  if (run === 'rest') yield* runToRest(fork.branch);
  if (run === 'repeat') yield* repeatSignals(fork.branch, fork.source, fork.later);
}

const wasDeleted = (name: string): Fault => fault('no-branch', `the branch ${name} was deleted meanwhile`);
