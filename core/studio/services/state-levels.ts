/** One level of a kernel's state, in pages. An entry and a level of one name are one row. */
import { concatBytes, hexToBytes, textToBytes } from '../../base/bytes';
import { levelEntries } from '../../state/levels';
import type { StateTree } from '../../state/tree';
import type { Returns } from '../protocol/declare';
import type { StateRow, worldProtocol } from '../protocol/world';
import { keyToText } from './state-changes';
import { dataToWire } from './wire-values';

export interface LevelPage {
  /** Empty, or ends with `/`. */
  readonly prefix: Uint8Array;
  /** The name in the last row of the page before. */
  readonly after: string | null;
  readonly count: number;
}

export function levelOf(
  tree: StateTree,
  { prefix, after, count }: LevelPage,
): Returns<typeof worldProtocol, 'world.state'> {
  const rows: StateRow[] = [];
  let last = after === null ? null : placeOf(tree, prefix, after);
  for (;;) {
    const entries = levelEntries(tree, prefix, { after: last, count: count + 1 });
    for (const entry of entries) {
      // A level whose name is an entry's, too, was shown with the entry.
      const name = entry.isLevel ? entry.name.subarray(0, -1) : entry.name;
      const rawKey = concatBytes([prefix, name]);
      if (entry.isLevel && name.length > 0 && tree.get(rawKey) !== undefined) continue;
      if (rows.length === count) return { rows, more: true };
      const value = entry.isLevel ? undefined : entry.value;
      rows.push({
        name: keyToText(name),
        rawKey,
        level: entry.isLevel || isLevel(tree, rawKey),
        entry: value === undefined ? null : dataToWire(value),
      });
    }
    last = entries.at(-1)?.name ?? null;
    if (entries.length <= count) return { rows, more: false };
  }
}

const slash = Uint8Array.of(0x2f);

const isLevel = (tree: StateTree, key: Uint8Array): boolean =>
  levelEntries(tree, concatBytes([key, slash]), { after: null, count: 1 }).length > 0;

/** Where a page goes on: after the entry of that name, or after the level when there is no such entry. */
function placeOf(tree: StateTree, prefix: Uint8Array, name: string): Uint8Array {
  const candidates = [textToBytes(name), ...(bytesPattern.test(name) ? [hexToBytes(name.slice(2))] : [])];
  for (const bytes of candidates) {
    const key = concatBytes([prefix, bytes]);
    if (bytes.length > 0 && tree.get(key) !== undefined) return bytes;
    if (isLevel(tree, key)) return concatBytes([bytes, slash]);
  }
  return textToBytes(name);
}

const bytesPattern = /^0x([0-9a-f]{2})+$/;
