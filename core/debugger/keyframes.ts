/**
 * Moments of a run that are kept to go back to. They stand a distance apart that grows when they would take more memory
 * than they may, so that a run of any length is held in bounds.
 */

export interface Keyframe<Kept> {
  /** Instructions executed before it. */
  readonly count: number;
  readonly kept: Kept;
}

export interface Keyframes<Kept> {
  /** From the first on. */
  readonly all: readonly Keyframe<Kept>[];
  /** The count from which on the next one is due. */
  readonly due: number;
  /** Bytes that all of them take. */
  readonly byteLength: number;
  /** Of a count that is greater than all others'. */
  add(count: number, kept: Kept): void;
  /** The last one at this count or before; `undefined` when there is none. */
  before(count: number): Keyframe<Kept> | undefined;
  /** Lets go of those at this count and after it. */
  dropFrom(count: number): void;
}

export interface KeyframeBounds {
  /** Instructions between two of them, at first. */
  readonly spacing: number;
  /** Bytes that they may take. */
  readonly budget: number;
  /** Bytes that may be copied for each instruction: after two large ones, the next is further away. */
  readonly bytesPerInstruction: number;
}

export interface KeyframeOptions<Kept> extends KeyframeBounds {
  /** Bytes that the second takes beside what it shares with the first; all it takes when there is no first. */
  readonly bytesBeyond: (before: Kept | null, kept: Kept) => number;
}

/**
 * Towards the beginning they stand closer: what fills a memory does so there, and takes long to be done again at each step
 * back.
 */
const leastDistance = 1024;

export function createKeyframes<Kept>(options: KeyframeOptions<Kept>): Keyframes<Kept> {
  const { budget, bytesPerInstruction, bytesBeyond } = options;
  let spacing = options.spacing;
  /** Bytes that the last one took when it was made, and what was taken by both it and the one before. */
  let copied = 0;
  let copiedAgain = 0;
  let all: Keyframe<Kept>[] = [];
  let byteLength = 0;

  const distanceAt = (count: number): number => Math.min(spacing, Math.max(count, leastDistance));

  /** Of the one at a place, beside what the one before it takes. */
  const sizeAt = (place: number): number => {
    const keyframe = all[place];
    return keyframe === undefined ? 0 : bytesBeyond(all[place - 1]?.kept ?? null, keyframe.kept);
  };

  function thin(): void {
    spacing *= 2;
    all = all.filter((_, place) => place % 2 === 0);
    byteLength = all.reduce((sum, _, place) => sum + sizeAt(place), 0);
  }

  /** The number of them at this count or before. */
  function placeAfter(count: number): number {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((all[middle]?.count ?? 0) <= count) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get all() {
      return all;
    },
    get due() {
      const last = all.at(-1);
      return last === undefined
        ? 0
        : last.count + Math.max(distanceAt(last.count), Math.ceil(copiedAgain / bytesPerInstruction));
    },
    get byteLength() {
      return byteLength;
    },
    add(count, kept) {
      all.push({ count, kept });
      const size = sizeAt(all.length - 1);
      copiedAgain = Math.min(copied, size);
      copied = size;
      byteLength += size;
      // The first and one more always stay.
      while (byteLength > budget && all.length > 2) thin();
    },
    before: (count) => all[placeAfter(count) - 1],
    dropFrom(count) {
      all = all.slice(0, placeAfter(count - 1));
      byteLength = all.reduce((sum, _, place) => sum + sizeAt(place), 0);
    },
  };
}
