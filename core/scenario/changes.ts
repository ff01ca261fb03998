/** What differs between two state trees, key by key, in order. */
import { compareBytes, bytesEqual } from '../base/bytes';
import type { StateEntry, StateTree } from '../state/tree';

export interface Change {
  readonly key: Uint8Array;
  /** `null` when there was nothing under the key. */
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

export function* changesBetween(before: StateTree, after: StateTree): Generator<Change, void, undefined> {
  if (before === after) return;
  let left = before.next(null);
  let right = after.next(null);
  while (left !== undefined || right !== undefined) {
    const order = compareEntries(left, right);
    const leftHere = order <= 0 ? left : undefined;
    const rightHere = order >= 0 ? right : undefined;
    const key = leftHere?.key ?? rightHere?.key;
    if (key === undefined) return;
    const [was, is] = [leftHere?.value ?? null, rightHere?.value ?? null];
    if (was === null || is === null || !bytesEqual(was, is)) yield { key, before: was, after: is };
    if (leftHere !== undefined) left = before.next(leftHere.key);
    if (rightHere !== undefined) right = after.next(rightHere.key);
  }
}

function compareEntries(left: StateEntry | undefined, right: StateEntry | undefined): number {
  if (left === undefined) return 1;
  return right === undefined ? -1 : compareBytes(left.key, right.key);
}
