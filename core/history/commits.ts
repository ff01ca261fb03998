/** The commits of one branch: read from the store and kept for a while, for the past never changes. */
import { type Hash, hashToText } from '../base/hash';
import { assert } from '../base/result';
import type { Storage } from '../base/storage';
import type { Message } from '../environment/message';
import type { Receipt } from '../kernel/receipt';
import {
  type BranchHead,
  type CommitHead,
  DamagedBlock,
  type StoredCommit,
  type StoredReceipt,
  bytesToCommit,
  commitToBytes,
  headToBytes,
} from './format';

export interface Commits {
  /** The commit that holds the receipt of this index, which is less than the branch's length. */
  containing(index: number): Commit;
  /** Throws a {@link DamagedBlock} when the store doesn't hold what it should. */
  receipt(index: number): Receipt;
  /** Makes receipts durable, with the blocks they name, as one commit at the end of the branch. */
  append(receipts: readonly Receipt[], rest: CommitRest): BranchHead;
}

export interface Commit extends CommitHead {
  /** Index of the receipt after the last one. */
  readonly end: number;
}

export type CommitRest = Pick<CommitHead, 'nextMessageId' | 'pending' | 'world'> & {
  readonly blocks: readonly (readonly [Hash, Uint8Array])[];
  readonly onto: BranchHead;
};

const mostKept = 64;

export const branchKey = (name: string): string => `branch/${name}`;

export function createCommits(storage: Storage, branch: string): Commits {
  const kept = new Map<number, KeptCommit>();

  const commits = {
    containing(index: number): KeptCommit {
      for (const commit of kept.values()) if (commit.first <= index && index < commit.end) return commit;
      return keep(keepStored(read(index)));
    },
    receipt: (index: number) => commits.containing(index).receipt(index),
    append(receipts: readonly Receipt[], { blocks, onto, ...rest }: CommitRest): BranchHead {
      const commit: CommitHead = { ...rest, parent: onto.head, first: onto.length };
      const bytes = commitToBytes(commit, receipts);
      const hash = storage.hashOf(bytes);
      const head: BranchHead = { genesis: onto.genesis, head: hash, length: onto.length + receipts.length };
      storage.write({
        blocks: [...blocks, [hash, bytes]],
        entries: [
          [commitKey(branch, head.length - 1), hash],
          [branchKey(branch), headToBytes(head)],
        ],
      });
      keep(keepFresh(commit, receipts));
      return head;
    },
  };
  return commits;

  function keep(commit: KeptCommit): KeptCommit {
    kept.set(commit.first, commit);
    const oldest = kept.keys().next();
    if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
    return commit;
  }

  /** Receipts are put together one by one as they are asked for: most of a commit often isn't. */
  function keepStored(commit: StoredCommit): KeptCommit {
    const { receipts, ...head } = commit;
    const storedAt = (index: number): StoredReceipt => {
      const stored = receipts[index - head.first];
      if (stored === undefined) throw new DamagedBlock(`receipt ${index} is not where the index says`);
      return stored;
    };
    return {
      ...head,
      end: head.first + receipts.length,
      sent: (index, id) => sentBy(storedAt(index), id),
      receipt(index) {
        const stored = storedAt(index);
        const { origin, firstSend, ...rest } = stored;
        const sends = stored.sends.flatMap((_, ordinal) => sentBy(stored, firstSend + ordinal) ?? []);
        if (!('cause' in origin)) {
          const message = { ...origin, from: null, replyTo: null };
          return { index, ...rest, message, cause: null, signal: index, depth: 0, sends };
        }
        const { id, cause, signal, depth } = origin;
        const message = commits.containing(cause).sent(cause, id);
        if (message === undefined) throw new DamagedBlock(`receipt ${cause} did not send message ${id}`);
        return { index, ...rest, message, cause, signal, depth, sends };
      },
    };
  }

  function read(index: number): StoredCommit {
    const [entry] = storage.entries(commitKey(branch, index), commitKey(branch, lastIndex));
    if (entry === undefined) throw new DamagedBlock(`no commit holds receipt ${index}`);
    const hash = entry[1] as Hash;
    const bytes = storage.block(hash);
    if (bytes === undefined) throw new DamagedBlock(`the block ${hashToText(hash)} is missing`);
    return bytesToCommit(bytes);
  }
}

interface KeptCommit extends Commit {
  receipt(index: number): Receipt;
  /** The message of this id, if the receipt of this index sent it. */
  sent(index: number, id: number): Message | undefined;
}

function keepFresh(commit: CommitHead, receipts: readonly Receipt[]): KeptCommit {
  const receipt = (index: number): Receipt => {
    const found = receipts[index - commit.first];
    assert(found !== undefined, 'a receipt is asked of the commit that holds it');
    return found;
  };
  return {
    ...commit,
    end: commit.first + receipts.length,
    receipt,
    sent(index, id) {
      const { sends } = receipt(index);
      return sends[id - (sends[0]?.id ?? 0)];
    },
  };
}

function sentBy({ origin, firstSend, sends }: StoredReceipt, id: number): Message | undefined {
  const send = sends[id - firstSend];
  return send && { from: origin.to, ...send, id };
}

const lastIndex = 999_999_999_999;

const commitKey = (branch: string, last: number): string =>
  `commit/${branch}/${String(last).padStart(12, '0')}`;
