import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { hashOf } from '../../../core/base/hash';
import type { Storage } from '../../../core/base/storage';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { createMemoryStorage } from '../../../core/store/memory-storage';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

export function openStorage(folder: string): Storage {
  const opened = openLmdbStorage(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe.each([
  { name: 'memory', open: () => createMemoryStorage() },
  { name: 'LMDB', open: () => openStorage(folder) },
])('a storage in $name', ({ open }) => {
  it('gives back what was written', () => {
    const storage = open();
    const block = textToBytes('a block');
    const hash = hashOf(block);
    expect(storage.block(hash)).toBeUndefined();
    storage.write({ blocks: [[hash, block]], entries: [['a', textToBytes('1')]] });
    expect(storage.block(hash)).toEqual(block);
    expect(storage.entry('a')).toEqual(textToBytes('1'));
    expect(storage.hashOf(block)).toEqual(hash);
    storage.close();
  });

  it('lists entries in the order of their UTF-8 bytes', () => {
    const storage = open();
    const keys = ['b', 'a/2', 'a/10', '\u{10000}', '\uffee', 'é', 'a'];
    storage.write({ blocks: [], entries: keys.map((key) => [key, textToBytes(key)]) });
    storage.write({
      blocks: [],
      entries: [
        ['b', undefined],
        ['never', undefined],
      ],
    });
    const listed = (from: string, to: string): string[] =>
      Array.from(storage.entries(from, to), ([key]) => key);
    expect(listed('', '\u{10ffff}')).toEqual(['a', 'a/10', 'a/2', 'é', '\uffee', '\u{10000}']);
    expect(listed('a/', 'a0')).toEqual(['a/10', 'a/2']);
    expect(listed('a', 'a')).toEqual([]);
    storage.close();
  });
});
