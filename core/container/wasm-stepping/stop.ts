/** What a stepping machine stops for, and what it tells when it did. */
import type { Outcome, TrapReason } from '../../environment/outcome';
import type { RunResult, Scalar } from '../container';

/**
 * When to stop. Conditions are tested from the instruction after the current one on: a machine never stops where it
 * stands. Of several that hold at the same instruction, the one that stands first in {@link Stop} is told.
 */
export interface Until {
  /** Just before the instruction of this number, counted from 0 at the start; nothing happens when it is past. */
  readonly count?: number;
  /**
   * The most instructions that this call of `run` executes: it then stops with `slice`, and running on with the same
   * conditions goes on as if it hadn't. {@link defaultSlice} when it isn't given; about 3 ms for each million.
   */
  readonly slice?: number;
  /** The call depth is this or less: the current depth steps over a call, one less steps out. */
  readonly depth?: number;
  /** The same object for as long as the conditions are the same: it counts, and placing it costs time. */
  readonly breakpoints?: Breakpoints;
  /** Calls of imports: each of `calls` as `set.function`, or all of a set as `set`. */
  readonly imports?: {
    readonly calls: readonly string[];
    /** Before the call the machine stands at the call instruction, its operands in place. */
    readonly when: 'before' | 'after';
  };
  /** Bytes of the memory, written by any store, bulk instruction or import. It stops after the write. */
  readonly memory?: readonly MemoryRange[];
  /** Globals, by index, set by `global.set`, also to the value they have. It stops after the write. */
  readonly globals?: readonly number[];
  /** Stop just before an instruction that traps, all as it was before it; else a trap ends the run. */
  readonly traps?: boolean;
}

/** Instructions that one call of `run` executes when it isn't told how many. */
export const defaultSlice = 10_000_000;

export interface MemoryRange {
  readonly address: number;
  readonly length: number;
}

/** A place in the code at which to count and, if asked, to stop. */
export interface Breakpoint {
  /** Offset of an instruction in the module as it was given, or a function's index for its entry. */
  readonly at: { readonly offset: number } | { readonly entryOf: number };
  /** Stop at each hit, at the Nth one since the breakpoints were made (from 1), or at none and only count. */
  readonly stopAt: 'each' | number | 'none';
  /** Only while the call depth is at most this; other passes are no hits. */
  readonly depth?: number;
}

/** Breakpoints with their counts. Made by a machine and used with it alone. */
export interface Breakpoints {
  readonly list: readonly Breakpoint[];
  /** Of the breakpoint at this place in the list, since it was made or `reset`. */
  hits(index: number): number;
  /** The instruction count at its last hit; `null` without one. */
  lastHit(index: number): number | null;
  /** Forgets all hits. */
  reset(): void;
}

/** Why a machine stopped, in the order in which they go before each other. */
export type Stop =
  /** The run is over; nothing can be run until the next `start` or `restore`. */
  | {
      readonly kind: 'end';
      readonly result: RunResult;
      /** All the entry's results, of which `result.returned` is the only one when there is one. */
      readonly results: readonly (Scalar | null)[];
    }
  /** Running on would end with this trap. Values may be changed first: the instruction is executed anew. */
  | {
      readonly kind: 'trap';
      readonly reason: TrapReason;
      readonly detail: string | null;
      readonly outcome: Outcome;
    }
  | { readonly kind: 'memory'; readonly written: MemoryRange; readonly by: Writer }
  | { readonly kind: 'global'; readonly index: number; readonly by: Writer }
  | {
      readonly kind: 'import';
      readonly when: 'before' | 'after';
      readonly set: string;
      readonly name: string;
    }
  /** `hit`: places in the list of those that stopped it. */
  | { readonly kind: 'breakpoint'; readonly hit: readonly number[] }
  | { readonly kind: 'depth' }
  | { readonly kind: 'count' }
  | { readonly kind: 'slice' };

/** The instruction that wrote what was watched. */
export interface Writer {
  readonly function: number;
  readonly offset: number;
  /** Its number: go to this count to stand just before it. */
  readonly count: number;
}
