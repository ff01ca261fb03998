import type { SliceOf } from './studio';

/** What panels want to find again after a reload, each under its id and in a shape of its own. */
export interface PanelMemorySlice {
  /** Asked when the window is written down: plain data that JSON can hold. */
  readonly panelMemories: Readonly<Record<string, () => unknown>>;
  rememberPanel(id: string, memory: () => unknown): void;
}

export const createPanelMemorySlice: SliceOf<PanelMemorySlice> = (set, get) => ({
  panelMemories: {},
  rememberPanel: (id, memory) => set({ panelMemories: { ...get().panelMemories, [id]: memory } }),
});
