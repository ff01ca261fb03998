/** The commits of one branch: read from the store and kept for a while, for the past never changes. */
import { type Hash, hashToText } from '../base/hash';
import type { Storage } from '../base/storage';
import type { Message } from '../environment/message';
import type { Receipt } from '../kernel/receipt';
import {
  type BranchHead,
  type Commit,
  DamagedBlock,
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

type ReceiptOrigin = Pick<Receipt, 'message' | 'cause' | 'signal' | 'depth'>;

type CommitRest = Omit<Commit, 'parent' | 'first' | 'receipts'> & {
  readonly blocks: readonly (readonly [Hash, Uint8Array])[];
  readonly onto: BranchHead;
};

const mostKept = 64;

export const branchKey = (name: string): string => `branch/${name}`;

export function createCommits(storage: Storage, branch: string): Commits {
  const kept = new Map<number, Commit>();

  const commits: Commits = {
    containing(index) {
      for (const commit of kept.values()) {
        if (commit.first <= index && index < commit.first + commit.receipts.length) return commit;
      }
      const commit = read(index);
      keep(commit);
      return commit;
    },
    receipt(index) {
      const { first, receipts } = commits.containing(index);
      const stored = receipts[index - first];
      if (stored === undefined) throw new DamagedBlock(`receipt ${index} is not where the index says`);
      const { origin: _origin, firstSend: _firstSend, ...rest } = stored;
      return { index, ...rest, ...resolveOrigin(stored, index), sends: sendsOf(stored) };
    },
    append(receipts, { blocks, onto, ...rest }) {
      const commit: Commit = {
        ...rest,
        parent: onto.head,
        first: onto.length,
        receipts: receipts.map(toStored),
      };
      const bytes = commitToBytes(commit);
      const hash = storage.hashOf(bytes);
      const head: BranchHead = { genesis: onto.genesis, head: hash, length: onto.length + receipts.length };
      storage.write({
        blocks: [...blocks, [hash, bytes]],
        entries: [
          [commitKey(branch, head.length - 1), hash],
          [branchKey(branch), headToBytes(head)],
        ],
      });
      keep(commit);
      return head;
    },
  };
  return commits;

  function resolveOrigin({ origin }: StoredReceipt, index: number): ReceiptOrigin {
    if (!('cause' in origin)) {
      return { message: { ...origin, from: null, replyTo: null }, cause: null, signal: index, depth: 0 };
    }
    const { id, cause, signal, depth } = origin;
    const { first, receipts } = commits.containing(cause);
    const sender = receipts[cause - first];
    const message = sender === undefined ? undefined : sendsOf(sender)[id - sender.firstSend];
    if (message === undefined) throw new DamagedBlock(`receipt ${cause} did not send message ${id}`);
    return { message, cause, signal, depth };
  }

  function read(index: number): Commit {
    const [entry] = storage.entries(commitKey(branch, index), commitKey(branch, lastIndex));
    if (entry === undefined) throw new DamagedBlock(`no commit holds receipt ${index}`);
    const hash = entry[1] as Hash;
    const bytes = storage.block(hash);
    if (bytes === undefined) throw new DamagedBlock(`the block ${hashToText(hash)} is missing`);
    return bytesToCommit(bytes);
  }

  function keep(commit: Commit): void {
    kept.set(commit.first, commit);
    const oldest = kept.keys().next();
    if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
  }
}

const sendsOf = ({ origin, firstSend, sends }: StoredReceipt): readonly Message[] =>
  sends.map((send, ordinal) => ({ ...send, id: firstSend + ordinal, from: origin.to }));

const lastIndex = 999_999_999_999;

const commitKey = (branch: string, last: number): string =>
  `commit/${branch}/${String(last).padStart(12, '0')}`;

const toStored = (receipt: Receipt): StoredReceipt => ({
  origin: originOf(receipt),
  room: receipt.room,
  code: receipt.code,
  outcome: receipt.outcome,
  gasUsed: receipt.gasUsed,
  before: receipt.before,
  after: receipt.after,
  firstSend: receipt.sends[0]?.id ?? 0,
  sends: receipt.sends,
  logs: receipt.logs,
});

const originOf = ({ message, cause, signal, depth }: Receipt): StoredReceipt['origin'] =>
  cause === null ? message : { id: message.id, to: message.to, cause, signal, depth };
