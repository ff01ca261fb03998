/** Where the blocks are that the index on disk lacks, and which of them go into it next. */
import { compareBytes } from '../base/bytes';
import { type Hash, hashToKey } from '../base/hash';
import type { Location } from './packs';

export interface RecentBlocks {
  find(hash: Hash): Location | undefined;
  /** All that it knows of, in the order of their hashes. */
  all(): readonly Location[];
  /** The whole of one or more packs, in their order. */
  add(locations: readonly Location[]): void;
  /** What to put into the index along with `count` new blocks. */
  nextStep(count: number): IndexStep;
  /** To be told once that is on disk. */
  finishStep(step: IndexStep): void;
}

export interface IndexStep {
  /** In the order of their hashes. */
  readonly locations: readonly Location[];
  /** Given by the last step of a run: with it the index has the blocks of all packs before this one. */
  readonly indexedPacks: number | undefined;
  readonly bucketsDone: number;
}

/** Blocks in a run. The more there are, the more of them share a page of the index. */
const runLength = 32_768;

/** New blocks gather in one map, while the blocks of the run before are indexed step by step. */
export function createRecentBlocks(): RecentBlocks {
  let gathering = new Map<string, Location>();
  let run = createRun(new Map());

  function startRunWhenDue(): void {
    if (run.bucketsDone < run.buckets.length || gathering.size < runLength) return;
    run = createRun(gathering);
    gathering = new Map();
  }

  return {
    find(hash) {
      const key = hashToKey(hash);
      return gathering.get(key) ?? run.byHash.get(key);
    },
    all: () =>
      [...new Map([...run.byHash, ...gathering]).values()].toSorted((left, right) =>
        compareBytes(left.hash, right.hash),
      ),
    add(locations) {
      for (const location of locations) gathering.set(hashToKey(location.hash), location);
      startRunWhenDue();
    },
    nextStep(count) {
      const locations: Location[] = [];
      let { bucketsDone } = run;
      // At twice the pace of what arrives a run is done long before the next one is full.
      while (bucketsDone < run.buckets.length && locations.length < 2 * count) {
        const bucket = run.buckets[bucketsDone++] ?? [];
        locations.push(...bucket.toSorted((left, right) => compareBytes(left.hash, right.hash)));
      }
      const isLast = bucketsDone > run.bucketsDone && bucketsDone === run.buckets.length;
      return { locations, bucketsDone, indexedPacks: isLast ? run.endPack : undefined };
    },
    finishStep({ bucketsDone }) {
      run.bucketsDone = bucketsDone;
      if (bucketsDone === run.buckets.length) run = createRun(new Map());
      startRunWhenDue();
    },
  };
}

interface Run {
  readonly byHash: ReadonlyMap<string, Location>;
  /** By the first byte of the hash. */
  readonly buckets: readonly (readonly Location[])[];
  readonly endPack: number;
  bucketsDone: number;
}

function createRun(byHash: ReadonlyMap<string, Location>): Run {
  const buckets: Location[][] = byHash.size === 0 ? [] : Array.from({ length: 256 }, () => []);
  let endPack = 0;
  for (const location of byHash.values()) {
    buckets[location.hash[0] ?? 0]?.push(location);
    endPack = Math.max(endPack, location.pack + 1);
  }
  return { byHash, buckets, endPack, bucketsDone: 0 };
}
