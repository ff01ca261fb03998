import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { take } from '../../../core/base/take';
import { diffTrees } from '../../../core/state/diff';
import type { KeyRange } from '../../../core/state/range';
import { type StateTree, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, hex, manyWrites, modelOf, ranges, save, writeLists } from './model';

type Change = readonly [key: string, before: string | undefined, after: string | undefined];

const changesOf = (before: StateTree, after: StateTree, range?: KeyRange): Change[] =>
  Array.from(diffTrees(before, after, range), (change) => [
    hex(change.key),
    change.before && hex(change.before),
    change.after && hex(change.after),
  ]);

describe('the difference of two trees', () => {
  it('is that of two maps, in order, wherever the trees come from', () => {
    fc.assert(
      fc.property(writeLists, writeLists, (first, more) => {
        const old = new Map(modelOf(first));
        const young = new Map(modelOf([...first, ...more]));
        const expected = [...new Set([...old.keys(), ...young.keys()])]
          .sort()
          .map((key): Change => [key, old.get(key), young.get(key)])
          .filter(([, before, after]) => before !== after);
        const before = emptyTree.with(first);
        const after = before.with(more);
        const reversed = expected.map(([key, left, right]): Change => [key, right, left]);
        expect(changesOf(before, after)).toEqual(expected);
        expect(changesOf(after, before)).toEqual(reversed);
        const blocks = createBlocks();
        const [beforeRoot, afterRoot] = [save(before, blocks), save(after, blocks)];
        expect(changesOf(openTree(blocks, beforeRoot), openTree(blocks, afterRoot))).toEqual(expected);
        expect(changesOf(openTree(blocks, afterRoot), before)).toEqual(reversed);
      }),
    );
  });

  it('of a range is that part of the whole', () => {
    fc.assert(
      fc.property(writeLists, writeLists, ranges, (first, more, { range, holds }) => {
        const before = emptyTree.with(first);
        const after = before.with(more);
        const expected = changesOf(before, after).filter(([key]) => holds(key));
        expect(changesOf(before, after, range)).toEqual(expected);
        const blocks = createBlocks();
        const [beforeRoot, afterRoot] = [save(before, blocks), save(after, blocks)];
        expect(changesOf(openTree(blocks, beforeRoot), openTree(blocks, afterRoot), range)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('goes on from a key without looking at what is before it, and no further than it is asked', () => {
    const blocks = createBlocks();
    const before = save(emptyTree.with(manyWrites(20_000, 1)), blocks);
    const after = save(emptyTree.with(manyWrites(20_000, 2)), blocks);
    blocks.reads = 0;
    const changes = diffTrees(openTree(blocks, before), openTree(blocks, after), {
      from: Uint8Array.of(0x80),
    });
    expect(take(changes, 5)).toHaveLength(5);
    expect(blocks.reads).toBeLessThanOrEqual(16);
  });

  it('reads only what leads to the changes', () => {
    const blocks = createBlocks();
    const writes = manyWrites(20_000);
    const tree = emptyTree.with(writes);
    const before = save(tree, blocks);
    const [key] = writes[99] ?? [new Uint8Array()];
    const after = save(tree.with([[key, textToBytes('changed')]]), blocks);
    const changes = changesOf(openTree(blocks, before), openTree(blocks, after));
    expect(changes.map(([changed]) => changed)).toEqual([hex(key)]);
    expect(blocks.reads).toBeLessThanOrEqual(10);
    blocks.reads = 0;
    expect(changesOf(openTree(blocks, after), openTree(blocks, after))).toEqual([]);
    expect(blocks.reads).toBe(0);
  });
});
