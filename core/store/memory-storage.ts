/** A storage that lives as long as the process: for scenarios and tests. */
import { assert } from '../base/result';
import { type HashFunction, hashOf as pureHashOf, hashToKey } from '../base/hash';
import type { Storage } from '../base/storage';

/** Keeps the arrays it is given. */
export function createMemoryStorage(hashOf: HashFunction = pureHashOf): Storage {
  const blocks = new Map<string, Uint8Array>();
  const entries = new Map<string, Uint8Array>();
  const orderedKeys: string[] = [];
  /** While it is found out what is needed: what is, and what was read or written since then. */
  let kept: Set<string> | null = null;
  let isOpen = true;

  /** Where the key is among the ordered ones, or would be. */
  function place(key: string): number {
    let low = 0;
    let high = orderedKeys.length;
    while (low < high) {
      // The usual write appends, so the first look is at the last key.
      const middle = high === orderedKeys.length ? high - 1 : (low + high) >> 1;
      if (compareText(orderedKeys[middle] ?? '', key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function setEntry(key: string, value: Uint8Array | undefined): void {
    const isThere = entries.has(key);
    if (value === undefined) {
      if (isThere) orderedKeys.splice(place(key), 1);
      entries.delete(key);
    } else {
      if (!isThere) orderedKeys.splice(place(key), 0, key);
      entries.set(key, value);
    }
  }

  return {
    hashOf,
    block(hash) {
      kept?.add(hashToKey(hash));
      return blocks.get(hashToKey(hash));
    },
    entry: (key) => entries.get(key),
    *entries(from, to) {
      const keys = orderedKeys.slice(place(from), place(to));
      for (const key of keys) {
        const value = entries.get(key);
        if (value !== undefined) yield [key, value];
      }
    },
    write(batch) {
      assert(isOpen, 'a closed storage is not written to');
      for (const [hash, bytes] of batch.blocks) {
        kept?.add(hashToKey(hash));
        blocks.set(hashToKey(hash), bytes);
      }
      for (const [key, value] of batch.entries) setEntry(key, value);
    },
    *collect(live, deadEntries) {
      assert(kept === null, 'blocks are collected one at a time');
      const needed = new Set<string>();
      kept = needed;
      try {
        for (const hash of live) {
          needed.add(hashToKey(hash));
          yield;
        }
        for (const key of deadEntries((hash) => needed.has(hashToKey(hash)))) setEntry(key, undefined);
        const dead = [...blocks].filter(([key]) => !needed.has(key));
        for (const [key] of dead) blocks.delete(key);
        return { blocks: dead.length, bytes: dead.reduce((sum, [, bytes]) => sum + bytes.length, 0) };
      } finally {
        kept = null;
      }
    },
    size() {
      const sizes = [...blocks.values(), ...entries.values()].map(({ length }) => length);
      const used = sizes.reduce((sum, length) => sum + length, 0);
      return { whole: used, used };
    },
    close() {
      isOpen = false;
    },
  };
}

/** In the order of the UTF-8 bytes, which is that of the code points. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  let at = 0;
  while (left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return (left.codePointAt(at) ?? -1) - (right.codePointAt(at) ?? -1);
}
