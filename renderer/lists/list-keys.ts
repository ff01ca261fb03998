interface ListPlace {
  readonly active: number | null;
  readonly count: number;
  /** How many rows a page up or down moves. */
  readonly pageRows: number;
}

interface Pressed {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The row a key moves to; `null` for a key that doesn't move. */
export function listKeyToIndex(pressed: Pressed, { active, count, pageRows }: ListPlace): number | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey || count === 0) return null;
  const within = (index: number): number => Math.min(Math.max(index, 0), count - 1);
  switch (pressed.key) {
    case 'ArrowDown':
      return active === null ? 0 : within(active + 1);
    case 'ArrowUp':
      return active === null ? count - 1 : within(active - 1);
    case 'PageDown':
      return within((active ?? 0) + pageRows);
    case 'PageUp':
      return within((active ?? 0) - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
