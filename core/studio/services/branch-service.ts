/** Answers what windows ask about branches. */
import type { Clock } from '../../base/clock';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Storage } from '../../base/storage';
import { inSlices } from '../../base/slices';
import { type Alignment, alignBranches, differencesOf } from '../../history/align';
import type { Branch } from '../../history/branch';
import { deleteBranch, listBranches, renameBranch } from '../../history/branches';
import type { branchProtocol } from '../protocol/branch';
import type { WorldStatus } from '../protocol/world';
import type { Handlers } from '../rpc/serve';
import type { CodeBook } from './code-book';
import { readChanges } from './fork-changes';
import { type MakeFork, summaryToRow } from './forking';
import type { OpenBranches } from './open-branches';
import { receiptToRow } from './receipts';

export interface BranchServiceParts {
  readonly branches: OpenBranches;
  readonly storage: Storage;
  readonly fork: MakeFork;
  readonly codes: CodeBook;
  readonly clock: Clock;
  /** Works on another branch from now on. */
  readonly switchTo: (name: string) => Result<WorldStatus, Fault>;
  /** The current branch is called otherwise now. */
  readonly onRenamed: () => void;
}

export function createBranchService(parts: BranchServiceParts): Handlers<typeof branchProtocol> {
  const { branches, storage, fork, codes, clock, switchTo, onRenamed } = parts;
  const { current } = branches;
  let compared: Compared | null = null;

  async function align(left: Branch, right: Branch, signal: AbortSignal): Promise<Result<Compared, Fault>> {
    const lengths = `${left.name} ${left.length} ${right.name} ${right.length}`;
    if (compared?.lengths === lengths) return ok(compared);
    const alignment = await inSlices(alignBranches(left, right), clock, signal);
    if (!alignment.ok) return alignment;
    compared = { lengths, alignment: alignment.value };
    return ok(compared);
  }

  return {
    'branch.list'({ start, count }) {
      const all = listBranches(storage);
      return ok({
        start,
        total: all.length,
        rows: all.slice(start, start + count).map((summary) => summaryToRow(summary, current)),
      });
    },
    async 'branch.fork'({ name, of, at, changes, run }, signal) {
      const source = of === null ? ok(current) : branches.find(of);
      if (!source.ok) return source;
      const read = readChanges(changes, { branch: source.value, at, codes });
      if (!read.ok) return read;
      return fork(source.value, { name, at, changes: read.value, run }, signal);
    },
    'branch.switch': ({ name }) => switchTo(name),
    'branch.rename'({ name, to }) {
      branches.close(name);
      const renamed = name === current.name ? current.rename(to) : renameBranch(storage, name, to);
      if (!renamed.ok) return renamed;
      onRenamed();
      return ok({});
    },
    'branch.delete'({ name }) {
      if (name === current.name) return err(isCurrent(name));
      branches.close(name);
      const deleted = deleteBranch(storage, name);
      return deleted.ok ? ok({}) : deleted;
    },
    async 'branch.compare'({ left, right, start, count }, signal) {
      const first = branches.find(left);
      if (!first.ok) return first;
      const second = branches.find(right);
      if (!second.ok) return second;
      const aligned = await align(first.value, second.value, signal);
      if (!aligned.ok) return aligned;
      const { shared, count: total, row } = aligned.value.alignment;
      const rows = Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, offset) => {
        const place = row(start + offset);
        const one = place.left === null ? undefined : first.value.receipt(place.left);
        const other = place.right === null ? undefined : second.value.receipt(place.right);
        return {
          left: one ? receiptToRow(one, first.value, codes) : null,
          right: other ? receiptToRow(other, second.value, codes) : null,
          differences: one && other ? [...differencesOf(one, other)] : [],
        };
      });
      return ok({ shared, page: { start, total, rows } });
    },
  };
}

/** The last comparison, for the next page of it. */
interface Compared {
  readonly lengths: string;
  readonly alignment: Alignment;
}

const isCurrent = (name: string): Fault =>
  fault('current-branch', `${name} is the branch that is worked on`, {
    remedy: 'switch to another one first',
  });
