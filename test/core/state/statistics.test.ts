import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type KnownBlocks, type TreeStatistics, measureTree } from '../../../core/state/statistics';
import { type StateTree, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, manyWrites, modelOf, save, writeLists } from './model';

function measure(tree: StateTree, known: KnownBlocks = new Map()): TreeStatistics {
  const steps = measureTree(tree, known);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const sizeOf = (blocks: readonly Uint8Array[]) => ({
  blocks: blocks.length,
  bytes: blocks.reduce((bytes, { length }) => bytes + length, 0),
});

describe('the statistics of a tree', () => {
  it('are those of its entries and blocks, hashed here or read', () => {
    fc.assert(
      fc.property(writeLists, (writes) => {
        const tree = emptyTree.with(writes);
        const blocks = createBlocks();
        const root = save(tree, blocks);
        const measured = measure(tree);
        expect(measured.entries).toBe(modelOf(writes).length);
        expect(measured.leaves).toBeLessThanOrEqual(measured.entries);
        expect(measured.fresh).toEqual(sizeOf([...blocks.byHash.values()]));
        expect(measure(openTree(blocks, root))).toEqual(measured);
      }),
    );
  });

  it('count nodes, leaves and levels', () => {
    const tree = emptyTree.with(['a', 'a/1', 'a/2', 'b'].map((key) => [textToBytes(key), textToBytes(key)]));
    tree.hash(() => undefined);
    // The root, `a`, what `a/1` and `a/2` share, these two, and `b`.
    expect(measure(tree)).toMatchObject({ entries: 4, nodes: 6, leaves: 3, depth: 4, blocks: 1 });
    expect(measure(emptyTree)).toMatchObject({ entries: 0, nodes: 0, leaves: 0, depth: 0, blocks: 0 });
  });

  it('of a second version tell what is new in it, and read nothing else', () => {
    const blocks = createBlocks();
    const writes = manyWrites(5_000);
    const first = emptyTree.with(writes);
    save(first, blocks);
    const before = new Set(blocks.byHash.keys());
    const [[key]] = writes as [[Uint8Array, Uint8Array]];
    const root = save(first.with([[key, textToBytes('changed')]]), blocks);
    const known: KnownBlocks = new Map();
    measure(first, known);
    blocks.reads = 0;
    const measured = measure(openTree(blocks, root), known);
    const added = [...blocks.byHash].filter(([name]) => !before.has(name)).map(([, block]) => block);
    expect(measured.fresh).toEqual(sizeOf(added));
    expect(measured.entries).toBe(5_000);
    expect(blocks.reads).toBe(added.length);
  });
});
