/**
 * The lines of commits that a branch is made of. Commits are appended to a line; a fork is a line of its own that
 * goes on where it leaves another, so all that lies before is shared. A branch is a name for the end of a line: it may be
 * renamed or deleted while others share its past.
 */
import { type Hash, hashToLink } from '../base/hash';
import { encodeValue } from '../base/value';
import type { Storage } from '../base/storage';
import { type Beginning, bytesToBeginning } from './beginning';
import { DamagedBlock, hash, int, list, neededBlock, text, versioned } from './stored-value';

export interface Line {
  /** Unlike that of any other line of the store, for ever. */
  readonly id: string;
  /** Index of its first receipt. */
  readonly first: number;
  /** The genesis or the fork that it begins with. */
  readonly beginning: Hash;
}

/** Where a branch ends. */
export interface BranchHead {
  /** The first one is of a genesis, the others of forks: each holds the receipts up to the first one of the next. */
  readonly lines: readonly Line[];
  /** The last commit, or the beginning of the last line. */
  readonly head: Hash;
  readonly length: number;
}

/** A line with what its beginning says. */
export interface KnownLine extends Line, Beginning {}

export const branchKey = (name: string): string => `branch/${name}`;

export const headToBytes = ({ lines, head, length }: BranchHead): Uint8Array =>
  encodeValue([
    linesVersion,
    hashToLink(head),
    length,
    lines.map(({ id, first, beginning }) => [id, first, hashToLink(beginning)]),
  ]);

/** `undefined` when there is no branch of that name. Throws a `DamagedBlock`. */
export function readHead(storage: Storage, name: string): BranchHead | undefined {
  const bytes = storage.entry(branchKey(name));
  return bytes && bytesToHead(bytes, name);
}

/** The heads of all branches, by name. Throws a `DamagedBlock`. */
export function* readHeads(storage: Storage): Generator<readonly [name: string, head: BranchHead]> {
  for (const name of branchNames(storage)) {
    const head = readHead(storage, name);
    if (head !== undefined) yield [name, head];
  }
}

/** Those that can be read: one that can't is no reason to hide the others. */
export function readableHeads(storage: Storage): readonly (readonly [name: string, head: BranchHead])[] {
  return branchNames(storage).flatMap((name) => {
    try {
      const head = readHead(storage, name);
      return head === undefined ? [] : [[name, head] as const];
    } catch (error) {
      if (error instanceof DamagedBlock) return [];
      throw error;
    }
  });
}

export const branchNames = (storage: Storage): readonly string[] =>
  Array.from(storage.entries('branch/', 'branch0'), ([key]) => key.slice(branchKey('').length));

/** Throws a `DamagedBlock` when a beginning can't be read. */
export const readLines = (storage: Storage, lines: readonly Line[]): readonly KnownLine[] =>
  lines.map((line) => {
    const bytes = neededBlock(storage, line.beginning, `what begins with receipt ${line.first}`);
    return { ...line, ...bytesToBeginning(bytes) };
  });

/** How many receipts two branches share. */
export function sharedLength(left: BranchExtent, right: BranchExtent): number {
  let shared = 0;
  for (const [place, { id }] of left.lines.entries()) {
    if (right.lines[place]?.id !== id) break;
    shared = Math.min(endOf(left, place), endOf(right, place));
  }
  return shared;
}

export type BranchExtent = Pick<BranchHead, 'lines' | 'length'>;

const endOf = ({ lines, length }: BranchExtent, place: number): number => lines[place + 1]?.first ?? length;

/** Ids for new lines, and the entry that keeps them from being given again. */
export function newLineIds(
  storage: Storage,
  amount: number,
): { readonly ids: readonly string[]; readonly entry: [string, Uint8Array] } {
  const bytes = storage.entry(linesKey);
  const count = bytes === undefined ? 0 : int(versioned(bytes, 'count of lines', 1).parts[0]);
  return {
    ids: Array.from({ length: amount }, (_, ordinal) => `~${count + ordinal}`),
    entry: [linesKey, encodeValue([1, count + amount])],
  };
}

/** An id for a new line, and the entry that keeps it from being given again. */
export function newLineId(storage: Storage): { readonly id: string; readonly entry: [string, Uint8Array] } {
  const { ids, entry } = newLineIds(storage, 1);
  return { id: ids[0] ?? '', entry };
}

const linesKey = 'lines';

const linesVersion = 2;

function bytesToHead(bytes: Uint8Array, name: string): BranchHead {
  const { version, parts } = versioned(bytes, 'branch', linesVersion);
  if (version < linesVersion) {
    // Before there were forks, a branch was one line of its own name.
    const [genesis, head, length] = parts;
    return {
      lines: [{ id: name, first: 0, beginning: hash(genesis) }],
      head: hash(head),
      length: int(length),
    };
  }
  const [head, length, lines] = parts;
  return {
    lines: list(lines).map((line) => {
      const [id, first, beginning] = list(line);
      return { id: text(id), first: int(first), beginning: hash(beginning) };
    }),
    head: hash(head),
    length: int(length),
  };
}
