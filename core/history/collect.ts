/** What no branch reaches any more, such as the past of a branch that was deleted, taken out of a store. */
import type { Hash } from '../base/hash';
import type { Storage, Swept } from '../base/storage';
import { commitEntries } from './commits';
import { type BranchHead, readHeads } from './lines';
import { indexEntries } from './past-index';
import { historyBlocks, mentionedCode } from './reachable';

export interface CollectOptions {
  /** Arguments of messages that wait in memory: the code that they bring along is kept. */
  readonly waiting: readonly Uint8Array[];
  /** Keys of further entries that are about blocks, and about nothing when `isLive` refuses theirs. */
  readonly deadEntries: (isLive: (hash: Hash) => boolean) => Iterable<string>;
}

/**
 * In small steps, each of which leaves the store whole; the world may go on meanwhile. Throws a `DamagedBlock` or a
 * `MissingBlock` when a branch is not whole, for nothing is known then of what it would need, and a `StorageError`.
 */
export function* collectGarbage(
  storage: Storage,
  { waiting, deadEntries }: CollectOptions,
): Generator<void, Swept, undefined> {
  const heads = Array.from(readHeads(storage), ([, head]) => head);
  const live = function* (): Generator<Hash, void, undefined> {
    for (const { hash } of historyBlocks(storage, ...heads.map(({ head }) => head))) yield hash;
    for (const args of waiting) yield* mentionedCode(args);
  };
  return yield* storage.collect(live(), function* (isLive) {
    // A branch that came meanwhile has lines of its own.
    const now = Array.from(readHeads(storage), ([, head]) => head);
    for (const [key, hash] of commitEntries(storage)) if (!isLive(hash)) yield key;
    for (const [key, span] of indexEntries(storage)) if (!isOnBranch(span, now)) yield key;
    yield* deadEntries(isLive);
  });
}

const isOnBranch = (
  { line, first }: { readonly line: string; readonly first: number },
  heads: readonly BranchHead[],
): boolean =>
  heads.some(({ lines, length }) => {
    const place = lines.findIndex(({ id }) => id === line);
    return place !== -1 && first < (lines[place + 1]?.first ?? length);
  });
