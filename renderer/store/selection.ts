import type { SliceOf } from './studio';

/** A place in a kernel's state. */
export interface StatePath {
  readonly kernel: string;
  /** The key's bytes; of a level they end with `/`, and are empty for the whole state. */
  readonly key: Uint8Array;
}

/** What the user looks at: one thing shared by all panels. */
export interface SelectionSlice {
  /** The message's receipt. */
  readonly receipt: number | null;
  /** The kernel's address. */
  readonly kernel: string | null;
  readonly statePath: StatePath | null;
  /** A receipt shows what its kernel did, so that its kernel is selected with it when it is known. */
  selectReceipt(index: number | null, kernel?: string): void;
  selectKernel(address: string | null): void;
  selectState(path: StatePath | null): void;
}

export const createSelectionSlice: SliceOf<SelectionSlice> = (set) => ({
  receipt: null,
  kernel: null,
  statePath: null,
  selectReceipt: (receipt, kernel) => set({ receipt, ...(kernel === undefined ? {} : { kernel }) }),
  selectKernel: (kernel) => set({ kernel }),
  selectState: (statePath) => set({ statePath, ...(statePath === null ? {} : { kernel: statePath.kernel }) }),
});
