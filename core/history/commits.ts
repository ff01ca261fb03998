/** The commits of one branch: read from the store and kept for a while, for the past never changes. */
import type { Hash } from '../base/hash';
import { assert } from '../base/result';
import type { Storage } from '../base/storage';
import type { Message } from '../environment/message';
import type { Receipt } from '../kernel/receipt';
import type { Fork } from './beginning';
import { type StoredCommit, bytesToCommit, createCommitWriter } from './commit';
import type { CommitHead, StoredReceipt } from './format';
import type { BranchHead, KnownLine } from './lines';
import { DamagedBlock, neededBlock } from './stored-value';

export interface Commits {
  /** In order; the last one is appended to. */
  readonly lines: readonly KnownLine[];
  /** The commit that holds the receipt of this index, which is less than the branch's length. */
  containing(index: number): Commit;
  /** Throws a {@link DamagedBlock} when the store doesn't hold what it should. */
  receipt(index: number): Receipt;
  /** The fork that a line of the branch begins with, before the receipt of this index. */
  forkAt(index: number): Fork | undefined;
  /** Receipts that are added and in no commit yet. */
  readonly uncommitted: number;
  readonly uncommittedBytes: number;
  /** Takes a receipt into the next commit. */
  add(receipt: Receipt): void;
  /** Makes one commit of what was added, at the end of the branch. It is durable once its batch is written. */
  commit(rest: CommitRest): NewCommit;
}

export interface NewCommit {
  readonly head: BranchHead;
  readonly block: readonly [Hash, Uint8Array];
  /** Of the index. */
  readonly entry: readonly [key: string, value: Uint8Array];
}

/** One that a fork leaves in its middle ends there, for the branch that goes on with the fork. */
export interface Commit extends CommitHead {
  /** Of its block. */
  readonly hash: Hash;
  /** Index of the receipt after the last one. */
  readonly end: number;
}

export type CommitRest = Pick<CommitHead, 'nextMessageId' | 'pending' | 'world'> & {
  readonly onto: BranchHead;
};

const mostKept = 64;

/** `lines` are those of the branch. */
export function createCommits(storage: Storage, lines: readonly KnownLine[]): Commits {
  const last = lines.at(-1);
  assert(last !== undefined, 'a branch has a line');
  const kept = new Map<number, KeptCommit>();
  const writer = createCommitWriter();

  const commits = {
    lines,
    containing(index: number): KeptCommit {
      for (const commit of kept.values()) if (commit.first <= index && index < commit.end) return commit;
      return keep(read(index));
    },
    receipt: (index: number) => commits.containing(index).receipt(index),
    forkAt: (index: number) => lines.findLast(({ first }) => first === index)?.fork ?? undefined,
    get uncommitted() {
      return writer.count;
    },
    get uncommittedBytes() {
      return writer.bytes;
    },
    add: writer.add,
    commit({ onto, ...rest }: CommitRest): NewCommit {
      const length = onto.length + writer.count;
      const { commit, bytes } = writer.finish({ ...rest, parent: onto.head, first: onto.length });
      const hash = storage.hashOf(bytes);
      keep(keepStored(hash, commit, undefined));
      return {
        head: { ...onto, head: hash, length },
        block: [hash, bytes],
        entry: [commitKey(last.id, length - 1), hash],
      };
    },
  };
  return commits;

  function keep(commit: KeptCommit): KeptCommit {
    kept.set(commit.first, commit);
    const oldest = kept.keys().next();
    if (kept.size > mostKept && oldest.done !== true) kept.delete(oldest.value);
    return commit;
  }

  /** Receipts are read and put together one by one as they are asked for: most of a commit often isn't. */
  function keepStored(hash: Hash, commit: StoredCommit, next: Fork | undefined): KeptCommit {
    const { count, receipt: readReceipt, ...head } = commit;
    const end = head.first + count;
    const fork = next !== undefined && next.first <= end ? next : undefined;
    const receiptByIndex = new Map<number, StoredReceipt>();
    function storedAt(index: number): StoredReceipt {
      const known = receiptByIndex.get(index);
      if (known !== undefined) return known;
      if (index < head.first || index >= end)
        throw new DamagedBlock(`receipt ${index} is not where the index says`);
      const stored = readReceipt(index - head.first);
      receiptByIndex.set(index, stored);
      return stored;
    }
    return {
      hash,
      parent: head.parent,
      first: head.first,
      end: fork?.first ?? end,
      nextMessageId: (fork ?? head).nextMessageId,
      pending: (fork ?? head).pending,
      world: (fork ?? head).world,
      sent: (index, id) => sentBy(storedAt(index), id),
      receipt(index) {
        const stored = storedAt(index);
        const { origin, firstSend, time = index, ...rest } = stored;
        const sends = stored.sends.flatMap((_, ordinal) => sentBy(stored, firstSend + ordinal) ?? []);
        if (!('cause' in origin)) {
          const message = { ...origin, from: null, replyTo: null };
          return { index, time, ...rest, message, cause: null, signal: index, depth: 0, sends };
        }
        const { id, cause, signal, depth } = origin;
        const message = commits.containing(cause).sent(cause, id);
        if (message === undefined) throw new DamagedBlock(`receipt ${cause} did not send message ${id}`);
        return { index, time, ...rest, message, cause, signal, depth, sends };
      },
    };
  }

  function read(index: number): KeptCommit {
    const place = lines.findLastIndex(({ first }) => first <= index);
    const id = lines[place]?.id ?? '';
    const [entry] = storage.entries(commitKey(id, index), commitKey(id, lastIndex));
    if (entry === undefined) throw new DamagedBlock(`no commit holds receipt ${index}`);
    const hash = entry[1] as Hash;
    const bytes = neededBlock(storage, hash, `the commit that holds receipt ${index}`);
    return keepStored(hash, bytesToCommit(bytes), lines[place + 1]?.fork ?? undefined);
  }
}

interface KeptCommit extends Commit {
  receipt(index: number): Receipt;
  /** The message of this id, if the receipt of this index sent it. */
  sent(index: number, id: number): Message | undefined;
}

function sentBy({ origin, firstSend, sends }: StoredReceipt, id: number): Message | undefined {
  const send = sends[id - firstSend];
  return send && { from: origin.to, ...send, id };
}

/** Of all lines: where each commit is to be found, and its hash. */
export function* commitEntries(
  storage: Storage,
): Generator<readonly [key: string, hash: Hash], void, undefined> {
  for (const [key, hash] of storage.entries('commit/', 'commit0')) yield [key, hash as Hash];
}

/** Of one line, in order: the index of each commit's last receipt, and its hash. */
export function* commitEntriesOf(
  storage: Storage,
  line: string,
): Generator<readonly [last: number, hash: Hash], void, undefined> {
  const prefix = `commit/${line}/`;
  for (const [key, hash] of storage.entries(prefix, `commit/${line}0`))
    yield [Number(key.slice(prefix.length)), hash as Hash];
}

const lastIndex = 999_999_999_999;

export const commitKey = (line: string, last: number): string =>
  `commit/${line}/${String(last).padStart(12, '0')}`;
