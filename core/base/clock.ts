import type { Disposable } from './disposal';

/** Time as a power: only entry points have it, and they hand it in. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Runs once after that many milliseconds, unless disposed before; 0 is "after what already waits". */
  after(milliseconds: number, run: () => void): Disposable;
}
