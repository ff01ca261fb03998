/** What one message, and one signal with all that follows from it, may use. Part of the run's inputs. */
export interface Limits {
  /** Gas for one message. One unit is about one wasm instruction. */
  readonly gas: number;
  /** Pages of 64 KiB that an instance's memory may have. */
  readonly pages: number;
  /**
   * Depth of the wasm stack, in slots of 8 bytes over all frames; at most 2^20 - 1. The thread that runs code needs
   * about twice as many bytes of stack, so that its own limit is never met first.
   */
  readonly stack: number;
  /** Messages that may follow from one signal, itself included. */
  readonly messages: number;
}

export const defaultLimits: Limits = { gas: 10_000_000, pages: 256, stack: 200_000, messages: 10_000 };

/** In bytes: the longest key that a kernel may keep a value under. */
export const longestStateKey = 1024;
