/** Looking for damage: every block that a branch needs, the links between them, and the entries that lead to them. */
import { bytesEqual } from '../base/bytes';
import { type Hash, hashToKey, hashToText, hashesEqual } from '../base/hash';
import { MissingBlock, type Storage } from '../base/storage';
import { bytesToBeginning } from './beginning';
import { type StoredCommit, bytesToCommit } from './commit';
import { commitEntriesOf } from './commits';
import { type BranchHead, branchNames, readHead } from './lines';
import { countDamagedSegments } from './past-index';
import { createWalk } from './reachable';
import { DamagedBlock } from './stored-value';

export interface Damage {
  /** The block's name in IPLD; `null` when it is an entry of the store that is wrong. */
  readonly block: string | null;
  readonly problem: 'missing' | 'damaged' | 'misplaced';
  /** What it belongs to, in words: where it was met first. */
  readonly place: string;
}

export interface CheckedBranch {
  readonly name: string;
  /** `null` when its head can't be read. */
  readonly length: number | null;
  readonly damages: readonly Damage[];
}

export interface CheckedStore {
  readonly branches: readonly CheckedBranch[];
  /** Parts of the index that can't be read: they are made again when they are needed. */
  readonly segments: number;
}

/** In steps of a block. A branch is looked through by itself, so that each is told of all that it lacks. */
export function* checkStore(storage: Storage): Generator<void, CheckedStore, undefined> {
  const branches: CheckedBranch[] = [];
  for (const name of branchNames(storage)) branches.push(yield* checkBranch(storage, name));
  return { branches, segments: countDamagedSegments(storage) };
}

function* checkBranch(storage: Storage, name: string): Generator<void, CheckedBranch, undefined> {
  const damages: Damage[] = [];
  const head = readOr(damages, `the head of the branch ${name}`, () => readHead(storage, name));
  if (head === undefined) return { name, length: null, damages };
  let place = '';
  const seen = new Set<string>();
  const walk = createWalk(storage, ({ hash, reason }) => {
    if (seen.has(hashToKey(hash))) return;
    seen.add(hashToKey(hash));
    damages.push({ block: hashToText(hash), problem: reason, place });
  });
  for (const commit of commitsOf(storage, head, damages)) {
    const { first, count, world } = commit;
    for (let index = first; index < first + count; index++) {
      const at = `receipt ${index}`;
      const receipt = readOr(damages, at, () => commit.receipt(index - first));
      if (receipt === undefined) continue;
      const { origin, code, before, after } = receipt;
      place = `the code that ran at ${at}`;
      if (code !== null) yield* steps(walk.code(code));
      place = `the state of ${origin.to} before ${at}`;
      if (before !== null) yield* steps(walk.state(before));
      place = `the state of ${origin.to} after ${at}`;
      if (after !== null) yield* steps(walk.state(after));
    }
    place = `the world after ${first + count} receipts`;
    yield* steps(walk.world(world));
  }
  return { name, length: head.length, damages };
}

function* steps(walk: Iterable<unknown>): Generator<void, void, undefined> {
  for (const _ of walk) yield;
}

/** The commits of a branch, oldest first, each seen to follow the one before it. */
function* commitsOf(
  storage: Storage,
  { lines, head, length }: BranchHead,
  damages: Damage[],
): Generator<StoredCommit, void, undefined> {
  let parent: Hash | null = null;
  let next = 0;
  for (const [place, line] of lines.entries()) {
    const end = lines[place + 1]?.first ?? length;
    const what = place === 0 ? 'the genesis' : `the fork at receipt ${line.first}`;
    const fork = readOr(damages, what, () => bytesToBeginning(blockOf(storage, line.beginning)).fork);
    if (fork !== undefined && fork !== null && !hashesEqual(fork.parent, parent))
      damages.push({ block: hashToText(line.beginning), problem: 'misplaced', place: what });
    parent = line.beginning;
    next = line.first;
    for (const [last, hash] of commitEntriesOf(storage, line.id)) {
      if (next >= end) break;
      const words = `the commit of receipts ${next} to ${last}`;
      const commit = readOr(damages, words, () => bytesToCommit(blockOf(storage, hash)));
      if (commit !== undefined) {
        const isNext = commit.first === next && commit.first + commit.count === last + 1;
        if (!isNext || !hashesEqual(commit.parent, parent))
          damages.push({ block: hashToText(hash), problem: 'misplaced', place: words });
        yield commit;
      }
      parent = hash;
      next = last + 1;
    }
    if (next < end)
      damages.push({
        block: null,
        problem: 'missing',
        place: `the entry for receipts ${next} to ${end - 1}`,
      });
  }
  if (!hashesEqual(parent, head) && next === length)
    damages.push({ block: hashToText(head), problem: 'misplaced', place: 'the end of the branch' });
}

/** Its bytes, which are those that its hash names. Throws a `MissingBlock`. */
function blockOf(storage: Storage, hash: Hash): Uint8Array {
  const bytes = storage.block(hash);
  if (bytes === undefined) throw new MissingBlock(hash, 'missing');
  if (!bytesEqual(storage.hashOf(bytes), hash)) throw new MissingBlock(hash, 'damaged');
  return bytes;
}

function readOr<T>(damages: Damage[], place: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MissingBlock)
      damages.push({ block: hashToText(error.hash), problem: error.reason, place });
    else if (error instanceof DamagedBlock) damages.push({ block: null, problem: 'damaged', place });
    else throw error;
    return undefined;
  }
}
