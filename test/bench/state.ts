/** The state tree at 100,000 random 32-byte keys, next to Ethereum's. */
import { randomBytes } from 'node:crypto';
import { createMPT } from '@ethereumjs/mpt';
import { type StateTree, type StateWrite, emptyTree } from '../../core/state/tree';
import { diffTrees } from '../../core/state/diff';
import { nativeHashOf } from '../../core/store/native-hash';
import { type Row, median } from './row';

const size = 100_000;

export async function stateRows(runs: number): Promise<readonly Row[]> {
  const writes = randomWrites(size);
  const theirs = await runPeer(writes);
  // The peer's single run is long enough to be compiled in it; ours gets a run of its own for that.
  fill(writes, 1000);
  const grouped: number[] = [];
  const single: number[] = [];
  const reads: number[] = [];
  const smallest: number[] = [];
  const diffs: number[] = [];
  for (let run = 0; run < runs; run++) {
    let tree = emptyTree;
    grouped.push(perSecond(size, () => (tree = fill(writes, 1000))));
    single.push(perSecond(size, () => void fill(writes, 1)));
    reads.push(perSecond(size, () => readAll(tree, writes)));
    smallest.push(1e6 / perSecond(100_000, () => changeSmallTree(100_000)));
    diffs.push(1e6 / perSecond(100, () => diffOneChange(tree, writes)));
  }
  const peer = (theirs: number): Row['peer'] => ({ name: '@ethereumjs/mpt', theirs });
  return [
    {
      promise: 'state: insert, root every 1000',
      ours: median(grouped),
      unit: 'keys/s',
      peer: peer(theirs.inserts),
      goal: { atLeast: 50 },
    },
    {
      promise: 'state: insert, root each',
      ours: median(single),
      unit: 'keys/s',
      peer: peer(theirs.inserts),
      goal: { atLeast: 10 },
    },
    {
      promise: 'state: read',
      ours: median(reads),
      unit: 'keys/s',
      peer: peer(theirs.reads),
      goal: { atLeast: 50 },
    },
    {
      promise: 'state: change and hash a tree of 3 keys',
      ours: median(smallest),
      unit: 'us',
      peer: null,
      goal: { atMost: 2 },
    },
    {
      promise: 'state: diff of one change in 100,000',
      ours: median(diffs),
      unit: 'us',
      peer: null,
      goal: { atMost: 100 },
    },
  ];
}

type Writes = readonly (readonly [key: Uint8Array, value: Uint8Array])[];

export function randomWrites(count: number): Writes {
  const bytes = new Uint8Array(randomBytes(64 * count));
  return Array.from({ length: count }, (_, index) => {
    const at = 64 * index;
    return [bytes.slice(at, at + 32), bytes.slice(at + 32, at + 64)];
  });
}

/** In its fastest setting: in memory, with a cache that holds everything. Each put makes a root. */
async function runPeer(writes: Writes): Promise<{ readonly inserts: number; readonly reads: number }> {
  const tree = await createMPT({ cacheSize: 2 * size });
  const start = performance.now();
  for (const [key, value] of writes) await tree.put(key, value);
  const filled = performance.now();
  for (const [key] of writes) await tree.get(key);
  const read = performance.now();
  return { inserts: (size / (filled - start)) * 1000, reads: (size / (read - filled)) * 1000 };
}

const keepNothing = (): void => undefined;

export function fill(writes: Writes, group: number): StateTree {
  let tree = emptyTree;
  for (let from = 0; from < writes.length; from += group) {
    tree = tree.with(writes.slice(from, from + group));
    tree.hash(keepNothing, nativeHashOf);
  }
  return tree;
}

export function readAll(tree: StateTree, writes: Writes): void {
  for (const [key] of writes) {
    if (tree.get(key) === undefined) throw new Error('a key is gone');
  }
}

export function iterateAll(tree: StateTree, count: number): void {
  let seen = 0;
  for (let entry = tree.next(null); entry !== undefined; entry = tree.next(entry.key)) seen++;
  if (seen !== count) throw new Error(`${seen} keys were seen`);
}

function changeSmallTree(times: number): void {
  const keys = ['balance/alice', 'balance/bob', 'balance/carol'].map((key) => new TextEncoder().encode(key));
  const write = (index: number): StateWrite => [
    keys[index % keys.length] ?? new Uint8Array(),
    Uint8Array.of(index, index >> 8, index >> 16),
  ];
  let tree = emptyTree.with(keys.map((_, index) => write(index)));
  for (let index = 0; index < times; index++) {
    tree = tree.with([write(index)]);
    tree.hash(keepNothing, nativeHashOf);
  }
}

function diffOneChange(tree: StateTree, writes: Writes): void {
  for (const [key] of writes.slice(0, 100)) {
    const changes = [...diffTrees(tree, tree.with([[key, new Uint8Array(1)]]))];
    if (changes.length !== 1) throw new Error('one change was made');
  }
}

/** How often it was done in a second, when `work` does it `count` times. */
export function perSecond(count: number, work: () => void): number {
  const start = performance.now();
  work();
  return (count / (performance.now() - start)) * 1000;
}
