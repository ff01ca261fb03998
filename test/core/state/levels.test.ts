import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText, textToBytes } from '../../../core/base/bytes';
import { type LevelEntry, levelEntries } from '../../../core/state/levels';
import { type StateTree, type StateWrite, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, save } from './model';

const treeOf = (...keys: string[]): StateTree =>
  emptyTree.with(keys.map((key): StateWrite => [textToBytes(key), textToBytes('1')]));

function allPages(tree: StateTree, prefix: string, count: number): string[] {
  const all: LevelEntry[] = [];
  let after: Uint8Array | null = null;
  for (;;) {
    const page = levelEntries(tree, textToBytes(prefix), { after, count });
    all.push(...page);
    const last = page.at(-1);
    if (last === undefined) return all.map(({ name }) => bytesToText(name));
    after = last.name;
  }
}

describe('the entries of a level', () => {
  it('are keys and levels in order', () => {
    const tree = treeOf('a', 'a!', 'a/', 'a/b', 'a/c/d', 'a/c/e', 'a0', 'b/c');
    expect(allPages(tree, '', 10)).toEqual(['a', 'a!', 'a/', 'a0', 'b/']);
    expect(allPages(tree, 'a/', 10)).toEqual(['', 'b', 'c/']);
    expect(allPages(tree, 'a/c/', 10)).toEqual(['d', 'e']);
    expect(allPages(tree, 'z/', 10)).toEqual([]);
    expect(levelEntries(tree, textToBytes('a/'), { after: null, count: 2 })).toEqual([
      { isLevel: false, name: textToBytes(''), value: textToBytes('1') },
      { isLevel: false, name: textToBytes('b'), value: textToBytes('1') },
    ]);
    expect(levelEntries(tree, textToBytes(''), { after: textToBytes('a!'), count: 1 })).toEqual([
      { isLevel: true, name: textToBytes('a/') },
    ]);
  });

  it('are the same in pages of any size', () => {
    const keys = fc.array(fc.stringMatching(/^[ab/!0]{1,6}$/), { maxLength: 40 });
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('', 'a/', 'a/b/'),
        (keys, count, prefix) => {
          const names = keys
            .filter((key) => key.startsWith(prefix))
            .map((key) => key.slice(prefix.length).replace(/\/.*/, '/'));
          expect(allPages(treeOf(...keys), prefix, count)).toEqual([...new Set(names)].sort());
        },
      ),
    );
  });

  it('are found without reading the levels under them', () => {
    const blocks = createBlocks();
    const keys = Array.from({ length: 20_000 }, (_, index) => `${index % 4}/${index}`);
    const tree = openTree(blocks, save(treeOf(...keys), blocks));
    expect(allPages(tree, '', 10)).toEqual(['0/', '1/', '2/', '3/']);
    expect(blocks.reads).toBeLessThan(40);
  });
});
