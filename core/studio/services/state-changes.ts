/** What differs between two states of a kernel, in pages. */
import { bytesEqual, bytesToHex, bytesToText, textToBytes } from '../../base/bytes';
import { type StateChange as TreeChange, diffTrees } from '../../state/diff';
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
  for (const change of diffTrees(before, after)) {
    if (total >= start && total < start + count) {
      rows.push(changeToWire(change));
    }
    total++;
  }
  return { start, total, rows };
}

export const changeToWire = ({ key, before, after }: TreeChange): StateChange => ({
  key: keyToText(key),
  rawKey: bytesToWire(key),
  before: before === undefined ? null : dataToWire(before),
  after: after === undefined ? null : dataToWire(after),
});

export function countChanges(before: StateTree, after: StateTree): number {
  let count = 0;
  for (const _ of diffTrees(before, after)) count++;
  return count;
}

/** As text when it is UTF-8 without control characters, else as `0x…`. */
export function keyToText(key: Uint8Array): string {
  const text = bytesToText(key);
  const isText = !controlCharacters.test(text) && bytesEqual(textToBytes(text), key);
  return isText ? text : `0x${bytesToHex(key)}`;
}

const controlCharacters = /\p{Cc}/u;
