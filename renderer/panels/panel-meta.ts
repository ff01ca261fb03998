/** What a panel tells about itself before it is loaded: enough for the dock, the palette and the key help. */
import type { ComponentType } from 'react';
import type { Studio } from '../store/context';

export interface CommandMeta {
  /** `timeline.follow` */
  readonly id: string;
  /** `Timeline: Follow New Messages` */
  readonly title: string;
  /** As tinykeys writes them: `$mod+Shift+T`. They work anywhere in the window. */
  readonly keys?: string;
  readonly run: (studio: Studio) => void;
}

/** A key that works while the panel has the keyboard; the panel listens for it itself. */
export interface LocalKey {
  readonly keys: string;
  readonly does: string;
}

export interface PanelMeta {
  /** Also the panel's name in remembered layouts. */
  readonly id: string;
  readonly title: string;
  /** The name of a codicon. */
  readonly icon: string;
  /** Where the first layout puts it. */
  readonly place: 'left' | 'left-below' | 'right' | 'bottom';
  /** Shows the panel, from anywhere. */
  readonly keys?: string;
  readonly commands: readonly CommandMeta[];
  readonly localKeys: readonly LocalKey[];
  /** The panel itself. It fills its parent; its outermost element takes the focus when the panel is shown. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
