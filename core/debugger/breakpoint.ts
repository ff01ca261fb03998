/** Breakpoints as people make them. */
import type { Value } from '../base/value';

export interface Breakpoint {
  readonly id: number;
  readonly on: Trigger;
  readonly enabled: boolean;
  /** An expression: it counts as met only when that holds. */
  readonly when: string | null;
  /** Of all the times it is met in a message, from 1. */
  readonly hits: HitFilter | null;
  /** Instead of stopping it writes this text, in which `{expression}` stands for a value. */
  readonly log: string | null;
}

/** Only the Nth time, each from the Nth on, or each Nth. */
export interface HitFilter {
  readonly which: 'only' | 'from' | 'each';
  readonly n: number;
}

/** What is to be met. Without `kernel`, of any kernel. */
export type Trigger =
  | { readonly kind: 'line'; readonly file: string; readonly line: number }
  /** `code` is its CID. */
  | { readonly kind: 'instruction'; readonly code: string; readonly offset: number }
  /** By its name, or by its index as `#7`: whenever it is called. */
  | { readonly kind: 'function'; readonly name: string }
  /** Before a call of `set.function`, or of any function of a `set`; with an argument, only when it has that value. */
  | {
      readonly kind: 'import';
      readonly import: string;
      readonly argument: { readonly name: string; readonly value: Value } | null;
    }
  /** Before an import reads or writes a state entry of this path, or one below it. */
  | {
      readonly kind: 'state';
      readonly kernel: string | null;
      readonly path: string;
      readonly access: 'read' | 'write' | 'any';
    }
  /** After some of these bytes of the memory were written. */
  | {
      readonly kind: 'memory';
      readonly kernel: string | null;
      readonly address: number;
      readonly length: number;
    }
  /** Before an instruction or an import traps. */
  | { readonly kind: 'trap' }
  /** At the first instruction of a message. */
  | { readonly kind: 'method'; readonly kernel: string | null; readonly method: string | null };

/** Whether it is this time, from 1, that counts. */
export function selects(filter: HitFilter | null, time: number): boolean {
  if (filter === null) return true;
  const { which, n } = filter;
  if (which === 'only') return time === n;
  return which === 'from' ? time >= n : time % n === 0;
}

/** The next time that counts after this one; `null` when there is none. */
export function nextSelected({ which, n }: HitFilter, time: number): number | null {
  if (which === 'from') return Math.max(n, time + 1);
  if (which === 'each') return time - (time % n) + n;
  return time < n ? n : null;
}

/** The last time that counts, of those up to this one; 0 when there is none. */
export function lastSelected({ which, n }: HitFilter, time: number): number {
  if (time < n) return 0;
  if (which === 'only') return n;
  return which === 'from' ? time : time - (time % n);
}
