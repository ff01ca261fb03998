/** A value as the rows of a tree: what is expanded, in pages, so that a value of any size can be looked at. */
import type { WireValue } from '../../../core/studio/protocol/wire';
import { type ValueKind, entriesOf, kindOf } from './value-kind';

export type ValueRow =
  | {
      readonly kind: 'value';
      /** JSON pointer from the root: what expansion is remembered by. */
      readonly path: string;
      readonly depth: number;
      /** Key or index; `null` for the root. */
      readonly label: string | null;
      readonly value: WireValue;
      readonly valueKind: ValueKind;
      /** How many entries it holds; 0 for a scalar. */
      readonly size: number;
      /** It holds entries, or is too long for a row: it can be opened to be seen whole. */
      readonly expandable: boolean;
      readonly expanded: boolean;
    }
  | {
      /** Stands for the entries of `path` that are not shown yet. */
      readonly kind: 'more';
      readonly path: string;
      readonly depth: number;
      readonly hidden: number;
    };

export interface ValueTreeView {
  readonly expanded: ReadonlySet<string>;
  /** How many entries of a path are shown, where it is more than one page. */
  readonly shown: ReadonlyMap<string, number>;
}

export const entriesPerPage = 100;

/** The most characters of a value that a row shows. */
export const rowCharacters = 80;

export const childPath = (path: string, label: string): string =>
  `${path}/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`;

export function valueRows(root: WireValue, view: ValueTreeView): readonly ValueRow[] {
  const rows: ValueRow[] = [];
  const add = (value: WireValue, place: { path: string; depth: number; label: string | null }): void => {
    const entries = entriesOf(value);
    const expandable = entries.length > 0 || isLong(value);
    const expanded = expandable && view.expanded.has(place.path);
    const size = entries.length;
    rows.push({ kind: 'value', ...place, value, valueKind: kindOf(value), size, expandable, expanded });
    if (!expanded) return;
    const depth = place.depth + 1;
    const shown = view.shown.get(place.path) ?? entriesPerPage;
    for (const [label, item] of entries.slice(0, shown)) {
      add(item, { path: childPath(place.path, label), depth, label });
    }
    const hidden = entries.length - shown;
    if (hidden > 0) rows.push({ kind: 'more', path: place.path, depth, hidden });
  };
  add(root, { path: '', depth: 0, label: null });
  return rows;
}

/** The paths to open at first: as many levels as fit into about `limit` rows. */
export function initialExpansion(root: WireValue, limit = 24): ReadonlySet<string> {
  const expanded = new Set<string>();
  let level = [{ path: '', value: root }];
  let rows = 1;
  while (level.length > 0) {
    const added = level.reduce((sum, { value }) => sum + entriesOf(value).length, 0);
    if (added === 0 || rows + added > limit) break;
    rows += added;
    for (const { path, value } of level) if (entriesOf(value).length > 0) expanded.add(path);
    level = level.flatMap(({ path, value }) =>
      entriesOf(value).map(([label, item]) => ({ path: childPath(path, label), value: item })),
    );
  }
  return expanded;
}

/** Whether a row can't show all of a scalar. */
const isLong = (value: WireValue): boolean =>
  typeof value === 'string'
    ? value.length > rowCharacters || value.includes('\n')
    : value instanceof Uint8Array && value.length * 2 > rowCharacters;
