import type { SliceOf } from './studio';

/** Asks the dock to show a panel; `serial` tells one wish from the next for the same panel. */
export interface PanelWish {
  readonly id: string;
  /** Whether the keyboard goes there, too. */
  readonly focus: boolean;
  readonly serial: number;
}

/** The sides of the window that can be folded away. */
export type Side = 'left' | 'right' | 'bottom';

export interface LayoutWish {
  readonly act: 'reset' | { readonly toggle: Side } | { readonly step: 1 | -1 };
  readonly serial: number;
}

/** What lies above the window and takes the keyboard. */
export type Overlay = 'commands' | 'files' | 'keys';

export interface PanelsSlice {
  readonly panelWish: PanelWish | null;
  readonly layoutWish: LayoutWish | null;
  readonly overlay: Overlay | null;
  /** Brings a panel to the front; the keyboard goes there unless `focus` is false. */
  showPanel(id: string, focus?: boolean): void;
  resetLayout(): void;
  toggleSide(side: Side): void;
  /** Takes the keyboard to the next panel in sight, or to the one before. */
  stepPanel(step: 1 | -1): void;
  setOverlay(overlay: Overlay | null): void;
}

export const createPanelsSlice: SliceOf<PanelsSlice> = (set, get) => {
  const wishForLayout = (act: LayoutWish['act']): void =>
    set({ layoutWish: { act, serial: (get().layoutWish?.serial ?? 0) + 1 } });
  return {
    panelWish: null,
    layoutWish: null,
    overlay: null,
    showPanel: (id, focus = true) =>
      set({ panelWish: { id, focus, serial: (get().panelWish?.serial ?? 0) + 1 } }),
    resetLayout: () => wishForLayout('reset'),
    toggleSide: (side) => wishForLayout({ toggle: side }),
    stepPanel: (step) => wishForLayout({ step }),
    setOverlay: (overlay) => set({ overlay }),
  };
};
