/** The open levels of a state as the rows of one tree. */
import { bytesToHex, textToBytes } from '../../../core/base/bytes';
import type { Fault } from '../../../core/base/fault';
import type { StateRow } from '../../../core/studio/protocol/world';
import type { StateLevel } from './state-levels';

export type StateTreeRow =
  | {
      readonly kind: 'state';
      /** The key in hex, with the prefix of its level in front: unlike any other row's. */
      readonly id: string;
      readonly depth: number;
      readonly row: StateRow;
      /** `null` when it is no level. */
      readonly expanded: boolean | null;
    }
  | { readonly kind: 'loading'; readonly id: string; readonly depth: number }
  | {
      readonly kind: 'more' | 'failed';
      readonly id: string;
      readonly depth: number;
      readonly prefix: Uint8Array;
      readonly fault: Fault | null;
    };

/** The prefix that stands for the level below a row. */
export const levelPrefix = ({ rawKey }: StateRow): Uint8Array => {
  const slash = textToBytes('/');
  const prefix = new Uint8Array(rawKey.length + slash.length);
  prefix.set(rawKey);
  prefix.set(slash, rawKey.length);
  return prefix;
};

export function stateRows(levels: ReadonlyMap<string, StateLevel>): readonly StateTreeRow[] {
  const rows: StateTreeRow[] = [];
  const add = (prefix: Uint8Array, depth: number): void => {
    const key = bytesToHex(prefix);
    const level = levels.get(key);
    if (level === undefined) return;
    for (const row of level.rows) {
      const below = row.level ? levelPrefix(row) : null;
      const expanded = below === null ? null : levels.has(bytesToHex(below));
      rows.push({ kind: 'state', id: `${key}:${bytesToHex(row.rawKey)}`, depth, row, expanded });
      if (below !== null && expanded === true) add(below, depth + 1);
    }
    if (level.fault !== null)
      rows.push({ kind: 'failed', id: `${key}:failed`, depth, prefix, fault: level.fault });
    else if (level.loading && level.rows.length === 0)
      rows.push({ kind: 'loading', id: `${key}:loading`, depth });
    else if (level.more) rows.push({ kind: 'more', id: `${key}:more`, depth, prefix, fault: null });
  };
  add(new Uint8Array(), 0);
  return rows;
}
