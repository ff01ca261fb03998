/** What differs between two values, as the rows of a tree in which only what changed is opened. */
import type { WireValue } from '../../../core/studio/protocol/wire';
import { childPath } from './value-rows';
import { entriesOf, isList, isMap, linkOf, valuesEqual } from './value-kind';

export type DiffRow =
  | {
      readonly mark: 'added' | 'removed' | 'changed';
      readonly path: string;
      readonly depth: number;
      readonly label: string | null;
      /** `undefined` when it was added. */
      readonly before: WireValue | undefined;
      /** `undefined` when it was removed. */
      readonly after: WireValue | undefined;
    }
  /** A list or map on both sides, something in which differs: its entries follow. */
  | { readonly mark: 'inside'; readonly path: string; readonly depth: number; readonly label: string | null }
  /** So many entries beside each other that are the same on both sides. */
  | { readonly mark: 'same'; readonly path: string; readonly depth: number; readonly count: number };

/** `undefined` stands for a value that is not there. No rows when both are the same. */
export function diffValues(before: WireValue | undefined, after: WireValue | undefined): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  compare({ before, after }, { path: '', depth: 0, label: null }, rows);
  return rows;
}

interface Sides {
  readonly before: WireValue | undefined;
  readonly after: WireValue | undefined;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly label: string | null;
}

function compare({ before, after }: Sides, place: Place, rows: DiffRow[]): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) rows.push({ mark: 'added', ...place, before, after });
  else if (after === undefined) rows.push({ mark: 'removed', ...place, before, after });
  else if (valuesEqual(before, after)) return;
  else if (!haveEntries(before, after)) rows.push({ mark: 'changed', ...place, before, after });
  else {
    rows.push({ mark: 'inside', ...place });
    compareEntries(pairEntries(before, after), place, rows);
  }
}

/** Whether the two can be compared entry by entry. */
const haveEntries = (before: WireValue, after: WireValue): boolean =>
  (isList(before) && isList(after)) ||
  (isMap(before) && isMap(after) && linkOf(before) === undefined && linkOf(after) === undefined);

function compareEntries(pairs: readonly (Sides & { label: string })[], place: Place, rows: DiffRow[]): void {
  let same = 0;
  const depth = place.depth + 1;
  const flush = (): void => {
    if (same > 0)
      rows.push({ mark: 'same', path: childPath(place.path, `…${rows.length}`), depth, count: same });
    same = 0;
  };
  for (const { label, ...sides } of pairs) {
    const unchanged =
      sides.before !== undefined && sides.after !== undefined && valuesEqual(sides.before, sides.after);
    if (unchanged) same++;
    else {
      flush();
      compare(sides, { path: childPath(place.path, label), depth, label }, rows);
    }
  }
  flush();
}

/** Maps are paired by key. Lists by place from their ends inwards, so that one insertion is one row. */
function pairEntries(before: WireValue, after: WireValue): readonly (Sides & { label: string })[] {
  if (isList(before) && isList(after)) {
    const shorter = Math.min(before.length, after.length);
    const agree = (left: number, right: number): boolean =>
      valuesEqual(before[left] ?? null, after[right] ?? null);
    let head = 0;
    while (head < shorter && agree(head, head)) head++;
    let tail = 0;
    while (tail < shorter - head && agree(before.length - 1 - tail, after.length - 1 - tail)) tail++;
    const middle = Math.max(before.length, after.length) - head - tail;
    return [
      ...before.slice(0, head).map((item, index) => ({ label: String(index), before: item, after: item })),
      ...Array.from({ length: middle }, (_, index) => {
        const at = head + index;
        return {
          label: String(at),
          before: at < before.length - tail ? before[at] : undefined,
          after: at < after.length - tail ? after[at] : undefined,
        };
      }),
      ...after.slice(after.length - tail).map((item, index) => {
        return { label: String(after.length - tail + index), before: item, after: item };
      }),
    ];
  }
  const left = new Map(entriesOf(before));
  const right = new Map(entriesOf(after));
  return [...new Set([...left.keys(), ...right.keys()])].map((label) => ({
    label,
    before: left.get(label),
    after: right.get(label),
  }));
}
