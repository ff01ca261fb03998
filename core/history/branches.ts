/** The branches of a store by name: what there is, and giving and taking names. */
import { bytesToText, textToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import { type BranchHead, branchKey, headToBytes, readHead, readableHeads } from './lines';

export interface BranchSummary {
  readonly name: string;
  /** Committed receipts. */
  readonly length: number;
  /** Where it left the branch that it was forked from; `null` for one that began with a world. */
  readonly fork: {
    /** How many receipts it shares with that branch. */
    readonly at: number;
    /** The branches that go on with the same line there, by name; none when all were deleted. */
    readonly from: readonly string[];
  } | null;
}

export type NameFault = Fault<'bad-name' | 'branch-exists'>;

/** All branches whose heads can be read, by name. */
export function listBranches(storage: Storage): readonly BranchSummary[] {
  const heads = readableHeads(storage);
  return heads.map(([name, { lines, length }]) => {
    const last = lines.at(-1);
    const parent = lines.at(-2);
    if (last === undefined || parent === undefined) return { name, length, fork: null };
    const from = heads.filter(([, other]) => other.lines.at(-1)?.id === parent.id);
    return { name, length, fork: { at: last.first, from: from.map(([of]) => of) } };
  });
}

/** The branch that was chosen to be worked on; `undefined` when none was. */
export function chosenBranch(storage: Storage): string | undefined {
  const bytes = storage.entry(chosenKey);
  return bytes && bytesToText(bytes);
}

export const chooseBranch = (storage: Storage, name: string): void =>
  storage.write({ blocks: [], entries: [[chosenKey, textToBytes(name)]] });

const chosenKey = 'chosen-branch';

/** Letters, digits, `.`, `_` and `-`, and not yet taken. */
export function checkNewName(storage: Storage, name: string): Result<void, NameFault> {
  if (!/^\p{L}[\p{L}\p{N}._-]{0,63}$/u.test(name)) {
    return err(
      fault('bad-name', `${JSON.stringify(name)} is no name for a branch`, {
        remedy:
          'a name is of letters, digits, `.`, `_` and `-`, begins with a letter, and has up to 64 of them',
      }),
    );
  }
  if (storage.entry(branchKey(name)) === undefined) return ok(undefined);
  return err(fault('branch-exists', `there is a branch ${name} already`));
}

/** Of a branch that nobody has open. */
export function renameBranch(
  storage: Storage,
  name: string,
  to: string,
): Result<void, NameFault | Fault<'no-branch'>> {
  const head = readHead(storage, name);
  if (head === undefined) return err(noBranch(storage, name));
  const named = checkNewName(storage, to);
  if (named.ok) moveName(storage, { name, to, head });
  return named;
}

export function moveName(
  storage: Storage,
  { name, to, head }: { readonly name: string; readonly to: string; readonly head: BranchHead },
): void {
  storage.write({
    blocks: [],
    entries: [
      [branchKey(name), undefined],
      [branchKey(to), headToBytes(head)],
      ...(chosenBranch(storage) === name ? [[chosenKey, textToBytes(to)] as const] : []),
    ],
  });
}

/**
 * Takes the name away, of a branch that nobody has open. What others don't share of it stays in the store until it is
 * collected.
 */
export function deleteBranch(storage: Storage, name: string): Result<void, Fault<'no-branch'>> {
  if (storage.entry(branchKey(name)) === undefined) return err(noBranch(storage, name));
  const isChosen = chosenBranch(storage) === name;
  storage.write({
    blocks: [],
    entries: [[branchKey(name), undefined], ...(isChosen ? [[chosenKey, undefined] as const] : [])],
  });
  return ok(undefined);
}

export function noBranch(storage: Storage, name: string): Fault<'no-branch'> {
  const names = readableHeads(storage).map(([known]) => known);
  return fault('no-branch', `there is no branch ${name}`, {
    remedy: `branches: ${names.join(', ') || 'none'}`,
  });
}
