/** The state of one kernel as a tree: the levels that are open, laid out as rows. */
import { bytesToHex, concatBytes, textToBytes } from '../../core/base/bytes';
import type { StateRow } from '../../core/studio/protocol/world';
import type { TreeList, TreeRow } from './tree-list';
import { type StateLevel, type StateLevels, createStateLevels } from './state-levels';

export interface StateTree extends TreeList<StateRow> {
  /** Shows all that is open as it is in another version of the world. */
  show(at: number | null): void;
  /** Opens the levels above a key. */
  reveal(key: Uint8Array): void;
}

/** The row of a key: that of an entry, and of the level below it. */
export const stateRowKey = (key: Uint8Array): string => bytesToHex(key);

/** The prefix of the keys in the level below one. */
export const levelPrefix = (key: Uint8Array): Uint8Array => concatBytes([key, slash]);

export function createStateTree(ask: Parameters<typeof createStateLevels>[0], at: number | null): StateTree {
  const levels = createStateLevels(ask, at);
  const listeners = new Set<() => void>();
  let revision = 0;
  let laid = layOut(levels);
  const unsubscribe = levels.subscribe(() => {
    laid = layOut(levels);
    revision++;
    for (const listener of listeners) listener();
  });
  const top = (): StateLevel | undefined => levels.snapshot().get('');

  return {
    count: () => laid.rows.length,
    row: (index) => laid.rows[index],
    want(first, last) {
      for (const [index, prefix] of laid.continued) {
        if (index >= first && index <= last) levels.more(prefix);
      }
    },
    indexOf: (key) => laid.indexByKey.get(key) ?? null,
    parentOf(index) {
      const depth = laid.rows[index]?.depth ?? 0;
      const parent = laid.rows.findLastIndex((row, at_) => at_ < index && row.depth < depth);
      return parent < 0 ? null : parent;
    },
    setExpanded(key, expanded) {
      const row = laid.rows[laid.indexByKey.get(key) ?? -1];
      if (row?.kind !== 'node' || !row.expandable) return;
      const prefix = levelPrefix(row.node.rawKey);
      if (expanded) levels.open(prefix);
      else levels.close(prefix);
    },
    expanded: () => laid.expanded,
    refresh() {
      for (const row of laid.failed) levels.more(row);
    },
    known: () => {
      const level = top();
      return level !== undefined && (!level.loading || level.rows.length > 0);
    },
    fault: () => top()?.fault ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    show: levels.show,
    reveal(key) {
      for (const [at_, byte] of key.entries()) {
        if (byte === slash[0] && at_ < key.length - 1) levels.open(key.subarray(0, at_ + 1));
      }
    },
    dispose() {
      unsubscribe();
      listeners.clear();
      levels.dispose();
    },
  };
}

const slash = textToBytes('/');

interface Layout {
  readonly rows: readonly TreeRow<StateRow>[];
  readonly indexByKey: ReadonlyMap<string, number>;
  readonly expanded: ReadonlySet<string>;
  /** Rows that stand for the next page of a level. */
  readonly continued: readonly (readonly [index: number, prefix: Uint8Array])[];
  /** Prefixes of the levels that could not be read. */
  readonly failed: readonly Uint8Array[];
}

function layOut(levels: StateLevels): Layout {
  const rows: TreeRow<StateRow>[] = [];
  const indexByKey = new Map<string, number>();
  const expandedKeys = new Set<string>();
  const continued: [number, Uint8Array][] = [];
  const failed: Uint8Array[] = [];
  const snapshot = levels.snapshot();

  const add = (prefix: Uint8Array, depth: number): void => {
    const level = snapshot.get(bytesToHex(prefix));
    if (level === undefined) return;
    for (const row of level.rows) {
      const key = stateRowKey(row.rawKey);
      const below = levelPrefix(row.rawKey);
      const expanded = row.level && snapshot.has(bytesToHex(below));
      indexByKey.set(key, rows.length);
      rows.push({ kind: 'node', key, depth, node: row, expandable: row.level, expanded });
      if (!expanded) continue;
      expandedKeys.add(key);
      add(below, depth + 1);
    }
    const key = `${bytesToHex(prefix)} rest`;
    if (level.fault !== null) {
      failed.push(prefix);
      rows.push({ kind: 'fault', key, depth, fault: level.fault });
    } else if (level.more || (level.loading && level.rows.length === 0)) {
      continued.push([rows.length, prefix]);
      rows.push({ kind: 'loading', key, depth });
    }
  };
  add(new Uint8Array(), 0);
  return { rows, indexByKey, expanded: expandedKeys, continued, failed };
}
