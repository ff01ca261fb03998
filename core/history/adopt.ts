/** Histories that come from elsewhere: their blocks are in the store already, and become a branch. */
import { type Fault, fault } from '../base/fault';
import { type Hash, hashToText } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import { MissingBlock, type Storage } from '../base/storage';
import { bytesToBeginning } from './beginning';
import { commitKey } from './commits';
import { bytesToCommit, isCommit } from './commit';
import { type Line, branchKey, headToBytes, newLineIds } from './lines';
import { historyBlocks } from './reachable';
import { DamagedBlock } from './stored-value';

/**
 * Reads all that the history consists of first: what lacks a block, or has one that is not as its place says, is refused.
 * The branch, whose name is free, gets lines of its own.
 */
export function adoptHistory(
  storage: Storage,
  name: string,
  head: Hash,
): Result<void, Fault<'incomplete-history'>> {
  try {
    for (const _ of historyBlocks(storage, head));
    const { pieces, length } = readPieces(storage, head);
    const { ids, entry } = newLineIds(storage, pieces.length);
    const lines = pieces.map((piece, place) => ({ ...piece, id: ids[place] ?? '' }));
    const commits = lines.flatMap(({ id, commits }) =>
      commits.map(({ last, hash }) => [commitKey(id, last), hash] as const),
    );
    const branch = [branchKey(name), headToBytes({ lines, head, length })] as const;
    storage.write({ blocks: [], entries: [...commits, entry, branch] });
    return ok(undefined);
  } catch (error) {
    if (!(error instanceof MissingBlock || error instanceof DamagedBlock)) throw error;
    return err(
      fault('incomplete-history', `the history is not whole: ${error.message}`, {
        remedy: 'a world is taken over with its past; an export of a state alone is for other tools',
      }),
    );
  }
}

/** A line as its blocks tell of it. */
interface Piece extends Omit<Line, 'id'> {
  readonly commits: readonly StoredCommitPlace[];
}

interface StoredCommitPlace {
  /** Index of its last receipt. */
  readonly last: number;
  readonly hash: Hash;
}

/** From the head back to the genesis, given in their order. */
function readPieces(storage: Storage, head: Hash) {
  const pieces: Piece[] = [];
  let commits: StoredCommitPlace[] = [];
  let length: number | null = null;
  /** Where the next older commit ends, or, when a fork leaves it in its middle, what it has to hold. */
  let end: number | null = null;
  for (let hash = head; ;) {
    const bytes = storage.block(hash);
    if (bytes === undefined) throw new MissingBlock(hash, 'missing');
    const misplaced = new DamagedBlock(`the block ${hashToText(hash)} is not where it belongs`);
    if (isCommit(bytes)) {
      const { first, parent, count } = bytesToCommit(bytes);
      const last = first + count - 1;
      const isRight =
        end === null || (commits.length > 0 ? last + 1 === end : first < end && end <= last + 1);
      if (last < first || !isRight) throw misplaced;
      length ??= last + 1;
      commits.unshift({ last, hash });
      end = first;
      hash = parent;
      continue;
    }
    const { fork } = bytesToBeginning(bytes);
    const first = fork?.first ?? 0;
    if (end !== null && end !== first) throw misplaced;
    length ??= first;
    pieces.unshift({ first, beginning: hash, commits });
    if (fork === null) return { pieces, length };
    commits = [];
    end = first;
    hash = fork.parent;
  }
}
