import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { take } from '../../../core/base/take';
import { type Order, entriesIn } from '../../../core/state/iterate';
import { type KeyRange, keyAfter } from '../../../core/state/range';
import { type StateTree, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, hex, keys, manyWrites, modelOf, ranges, save, writeLists } from './model';

const keysIn = (tree: StateTree, range?: KeyRange, order?: Order): string[] =>
  Array.from(entriesIn(tree, range, order), ({ key }) => hex(key));

describe('the entries of a range', () => {
  it('are those of a map, in either order, wherever the tree comes from', () => {
    fc.assert(
      fc.property(writeLists, ranges, (writes, { range, holds }) => {
        const expected = modelOf(writes).filter(([key]) => holds(key));
        const tree = emptyTree.with(writes);
        const found = Array.from(entriesIn(tree, range), ({ key, value }) => [hex(key), hex(value)]);
        expect(found).toEqual(expected);
        const backward = expected.map(([key]) => key).toReversed();
        expect(keysIn(tree, range, 'backward')).toEqual(backward);
        const blocks = createBlocks();
        expect(keysIn(openTree(blocks, save(tree, blocks)), range, 'backward')).toEqual(backward);
      }),
      { numRuns: 300 },
    );
  });

  it('come in pages, each from where the last one ended', () => {
    fc.assert(
      fc.property(writeLists, fc.integer({ min: 1, max: 5 }), (writes, count) => {
        const tree = emptyTree.with(writes);
        const found: string[] = [];
        for (let range: KeyRange = {}; ;) {
          const page = take(entriesIn(tree, range), count);
          found.push(...page.map(({ key }) => hex(key)));
          const last = page.at(-1);
          if (last === undefined) break;
          range = { from: keyAfter(last.key) };
        }
        expect(found).toEqual(keysIn(tree));
      }),
    );
  });

  it('begin without reading what is before them, and read no further than they are taken', () => {
    const blocks = createBlocks();
    const root = save(emptyTree.with(manyWrites(20_000)), blocks);
    for (const order of ['forward', 'backward'] as const) {
      const tree = openTree(blocks, root);
      blocks.reads = 0;
      const range = { from: Uint8Array.of(0x7f, 0x80), to: Uint8Array.of(0x90) };
      expect(take(entriesIn(tree, range, order), 3)).toHaveLength(3);
      expect(blocks.reads).toBeLessThanOrEqual(8);
    }
  });

  it('of a prefix are exactly those that begin with it, 0xff or not', () => {
    const prefix = Uint8Array.of(0xff, 0xff);
    const tree = emptyTree.with(
      [[0xff], [0xff, 0xff], [0xff, 0xff, 0], [0xff, 0xff, 0xff, 1], [0xfe, 0xff]].map((key) => [
        Uint8Array.from(key),
        prefix,
      ]),
    );
    expect(keysIn(tree, { prefix })).toEqual(['ffff', 'ffff00', 'ffffff01']);
  });

  it('may be of keys one of which begins with the other, a thousand deep', () => {
    const tree = emptyTree.with(Array.from({ length: 1024 }, (_, at) => [new Uint8Array(at + 1), keyBytes]));
    expect(keysIn(tree, {}, 'backward')).toEqual(keysIn(tree).toReversed());
    expect(keysIn(tree)).toHaveLength(1024);
  });
});

const keyBytes = new Uint8Array(1);

it('the least key after a key is that key and a zero', () => {
  fc.assert(fc.property(keys, (key) => hex(keyAfter(key)) === `${hex(key)}00`));
});
