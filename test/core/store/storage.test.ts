import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { hashOf } from '../../../core/base/hash';
import { MissingBlock, type Storage } from '../../../core/base/storage';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { createMemoryStorage } from '../../../core/store/memory-storage';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function openStorage(folder: string): Storage {
  const opened = openLmdbStorage(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe.each([
  { name: 'memory', openAny: () => createMemoryStorage() },
  { name: 'LMDB', openAny: () => openStorage(folder) },
])('a storage in $name', ({ openAny }) => {
  it('gives back what was written', () => {
    const storage = openAny();
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
    const storage = openAny();
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

describe('a storage on disk', () => {
  it('holds after it was closed what it was given', () => {
    const blocks = Array.from({ length: 300 }, (_, index) =>
      textToBytes(`block ${index}`.repeat(index % 50)),
    );
    const large = new Uint8Array(100_000).fill(7);
    const first = openStorage(folder);
    for (const block of [...blocks, large]) {
      first.write({ blocks: [[hashOf(block), block]], entries: [] });
    }
    first.close();
    const second = openStorage(folder);
    for (const block of [...blocks, large]) expect(second.block(hashOf(block))).toEqual(block);
    second.write({ blocks: [], entries: [['a', new Uint8Array()]] });
    expect(second.entry('a')).toEqual(new Uint8Array());
    second.close();
  });

  it('finds a block in a batch of any size', () => {
    const count = 80_000;
    const blockOf = (index: number): Uint8Array => textToBytes(`block ${index}`);
    const first = openStorage(folder);
    for (let from = 0; from < count; from += 1000) {
      const blocks = Array.from({ length: 1000 }, (_, index) => blockOf(from + index));
      first.write({ blocks: blocks.map((block) => [first.hashOf(block), block]), entries: [] });
    }
    first.close();
    const second = openStorage(folder);
    for (let index = 0; index < count; index += 97) {
      expect(second.block(second.hashOf(blockOf(index)))).toEqual(blockOf(index));
    }
    second.close();
  });

  it('gives blocks that stay as they are', () => {
    const storage = openStorage(folder);
    const [one, other] = [textToBytes('one'), textToBytes('other')];
    storage.write({ blocks: [one, other].map((block) => [hashOf(block), block]), entries: [] });
    const read = storage.block(hashOf(one));
    storage.block(hashOf(other))?.fill(0);
    read?.fill(0);
    expect(storage.block(hashOf(one))).toEqual(one);
    expect(storage.block(hashOf(other))).toEqual(other);
    storage.close();
  });

  it('refuses a format that is newer than its own', () => {
    openStorage(folder).close();
    const environment = open({ path: folder, noSubdir: false });
    environment.openDB<number, string>('about', { encoding: 'json' }).putSync('version', 2);
    void environment.close();
    const opened = openLmdbStorage(folder);
    expect(opened.ok ? undefined : opened.error).toMatchObject({
      code: 'newer-format',
      message: expect.stringContaining('format 2'),
    });
  });

  it('refuses a file that is not its own', () => {
    writeFileSync(join(folder, 'data.mdb'), 'something else'.repeat(1000));
    const opened = openLmdbStorage(folder);
    expect(opened.ok ? undefined : opened.error.code).toBe('damaged-storage');
  });

  it('says that it was removed while it was open', () => {
    const storage = openStorage(folder);
    rmSync(folder, { recursive: true });
    const write = () => storage.write({ blocks: [], entries: [['a', new Uint8Array()]] });
    expect(write).toThrow('was removed while it was open');
    storage.close();
  });

  it('refuses a folder where there is a file', () => {
    writeFileSync(join(folder, 'file'), '');
    const opened = openLmdbStorage(join(folder, 'file'));
    expect(opened.ok ? undefined : opened.error.code).toBe('storage-failed');
  });

  it.each([0.9, 0.5, 0.1])('survives a file cut off at %d of its length', (part) => {
    const storage = openStorage(folder);
    const blocks = Array.from({ length: 500 }, (_, index) => textToBytes(`block ${index}`.repeat(40)));
    for (const block of blocks) storage.write({ blocks: [[hashOf(block), block]], entries: [] });
    storage.close();
    const file = join(folder, 'data.mdb');
    truncateSync(file, Math.floor(statSync(file).size * part));
    const opened = openLmdbStorage(folder);
    if (!opened.ok) {
      expect(opened.error.code).toBe('damaged-storage');
      return;
    }
    for (const block of blocks) {
      try {
        expect([block, undefined]).toContainEqual(opened.value.block(hashOf(block)));
      } catch (error) {
        expect(error).toBeInstanceOf(MissingBlock);
      }
    }
    opened.value.close();
  });
});
