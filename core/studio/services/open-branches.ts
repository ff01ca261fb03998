/** The branches that calls name: the one that is worked on, and a few others that are kept open to be read. */
import type { Disposable } from '../../base/disposal';
import type { Fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Storage } from '../../base/storage';
import type { Branch } from '../../history/branch';
import { noBranch } from '../../history/branches';

export interface OpenBranches extends Disposable {
  readonly current: Branch;
  /** Throws a `DamagedBlock` when it can't be opened. */
  find(name: string): Result<Branch, Fault<'no-branch'>>;
  /** Closes one of the others, so that it can be renamed or deleted. */
  close(name: string): void;
}

const mostOthers = 4;

export function createOpenBranches({
  current,
  storage,
  open,
}: {
  readonly current: Branch;
  readonly storage: Storage;
  readonly open: (name: string) => Branch | undefined;
}): OpenBranches {
  /** The one that was asked for longest ago comes first. */
  const others = new Map<string, Branch>();

  function close(name: string): void {
    others.get(name)?.dispose();
    others.delete(name);
  }

  return {
    current,
    find(name) {
      if (name === current.name) return ok(current);
      const branch = others.get(name) ?? open(name);
      if (branch === undefined) return err(noBranch(storage, name));
      others.delete(name);
      others.set(name, branch);
      const [oldest = name] = others.keys();
      if (others.size > mostOthers) close(oldest);
      return ok(branch);
    },
    close,
    dispose() {
      for (const branch of others.values()) branch.dispose();
      others.clear();
    },
  };
}
