import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import { emptyTree } from '../../../../core/state/tree';
import { levelOf } from '../../../../core/studio/services/state-levels';

const treeOf = (keys: readonly string[]) =>
  emptyTree.with(keys.map((key) => [textToBytes(key), Uint8Array.of(1)] as const));

const keys = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '0'), minLength: 1, maxLength: 6 }),
  { maxLength: 30 },
);

test('pages of any size show each name of a level once, as an entry, a level, or both', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 5 }), (present, count) => {
      const tree = treeOf(present);
      const shown: { name: string; level: boolean; entry: boolean }[] = [];
      let after: string | null = null;
      for (let pages = 0; pages <= present.length; pages++) {
        const page = levelOf(tree, { prefix: new Uint8Array(), after, count });
        expect(page.rows.length).toBeLessThanOrEqual(count);
        for (const { name, level, entry } of page.rows) shown.push({ name, level, entry: entry !== null });
        after = page.rows.at(-1)?.name ?? null;
        if (!page.more) break;
      }
      const names = new Set(present.map((key) => key.split('/', 1)[0] ?? ''));
      expect(shown.map(({ name }) => name).toSorted()).toStrictEqual([...names].toSorted());
      for (const { name, level, entry } of shown) {
        expect(level).toBe(present.some((key) => key.startsWith(`${name}/`)));
        expect(entry).toBe(present.includes(name));
      }
    }),
  );
});

test('a level below a level is asked for by its key and a slash; keys that are no text are shown as bytes', () => {
  const tree = treeOf(['a/b/c', 'a/b', 'a/d']).with([[Uint8Array.of(0xff, 0x01), Uint8Array.of(2)]]);
  const top = levelOf(tree, { prefix: new Uint8Array(), after: null, count: 10 });
  expect(top.rows).toMatchObject([
    { name: 'a', level: true, entry: null, rawKey: textToBytes('a') },
    { name: '0xff01', level: false, entry: { value: 2 }, rawKey: Uint8Array.of(0xff, 0x01) },
  ]);
  const below = levelOf(tree, { prefix: textToBytes('a/'), after: null, count: 10 });
  expect(below).toMatchObject({
    more: false,
    rows: [
      { name: 'b', level: true, entry: { value: 1 } },
      { name: 'd', level: false, entry: { value: 1 } },
    ],
  });
  expect(levelOf(tree, { prefix: new Uint8Array(), after: '0xff01', count: 10 })).toStrictEqual({
    rows: [],
    more: false,
  });
});
