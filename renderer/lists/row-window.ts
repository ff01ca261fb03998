/** Which rows of a list of equal rows are on the screen. All of it is arithmetic: a million rows cost what ten do. */

export interface RowView {
  /** The first row on the screen. */
  readonly top: number;
  /** How many fit, a row that is cut off at either end included. */
  readonly fit: number;
}

export interface RowRange {
  readonly first: number;
  /** Included; less than `first` when there are no rows. */
  readonly last: number;
}

/** Rows beside those on the screen, drawn before they are scrolled to. */
const overscan = 10;

export function rowsToDraw({ top, fit }: RowView, count: number): RowRange {
  const start = Math.min(top, Math.max(0, count - fit));
  return { first: Math.max(0, start - overscan), last: Math.min(count, start + fit + overscan) - 1 };
}

interface Scrolled {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  /** Rows to see on either side of it, as far as there is room for them. */
  readonly margin?: number;
}

/** Where to scroll so that a row is seen whole; where it is already, the list stays. */
export function scrollTopToShow(
  index: number,
  { scrollTop, height, rowHeight, margin = 0 }: Scrolled,
): number {
  const around = Math.max(0, Math.min(margin, Math.floor((height / rowHeight - 1) / 2)));
  const above = Math.max(0, (index - around) * rowHeight);
  const below = (index + around + 1) * rowHeight - height;
  return scrollTop > above ? above : Math.max(scrollTop, below);
}
