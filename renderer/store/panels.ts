import type { SliceOf } from './studio';

/** Asks the dock for something; `serial` tells one wish from the next of the same kind. */
export interface PanelWish {
  readonly id: string;
  readonly serial: number;
}

export interface PanelsSlice {
  readonly panelWish: PanelWish | null;
  /** Brings a panel to the front and moves the keyboard there. */
  showPanel(id: string): void;
}

export const createPanelsSlice: SliceOf<PanelsSlice> = (set, get) => ({
  panelWish: null,
  showPanel: (id) => set({ panelWish: { id, serial: (get().panelWish?.serial ?? 0) + 1 } }),
});
