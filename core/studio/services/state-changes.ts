/** What differs between two states of a kernel, in pages. */
import { bytesEqual, bytesToHex, bytesToText, textToBytes } from '../../base/bytes';
import { changesBetween } from '../../scenario/changes';
import type { StateTree } from '../../state/tree';
import type { Returns } from '../protocol/declare';
import type { StateChange, worldProtocol } from '../protocol/world';
import { bytesToWire, dataToWire } from './wire-values';

export function pageOfChanges(
  before: StateTree,
  after: StateTree,
  { start, count }: { readonly start: number; readonly count: number },
): Returns<typeof worldProtocol, 'world.changes'> {
  const rows: StateChange[] = [];
  let total = 0;
  for (const change of changesBetween(before, after)) {
    if (total >= start && total < start + count) {
      rows.push({
        key: keyToText(change.key),
        rawKey: bytesToWire(change.key),
        before: change.before === null ? null : dataToWire(change.before),
        after: change.after === null ? null : dataToWire(change.after),
      });
    }
    total++;
  }
  return { start, total, rows };
}

export function countChanges(before: StateTree, after: StateTree): number {
  let count = 0;
  for (const _ of changesBetween(before, after)) count++;
  return count;
}

/** As text when it is UTF-8 without control characters, else as `0x…`. */
export function keyToText(key: Uint8Array): string {
  const text = bytesToText(key);
  const isText = !controlCharacters.test(text) && bytesEqual(textToBytes(text), key);
  return isText ? text : `0x${bytesToHex(key)}`;
}

const controlCharacters = /\p{Cc}/u;
