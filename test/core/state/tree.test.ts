import * as dagCbor from '@ipld/dag-cbor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex, compareBytes, hexToBytes, textToBytes } from '../../../core/base/bytes';
import { type Hash, hashOf, hashToText } from '../../../core/base/hash';
import { type BlockReader, MissingBlock } from '../../../core/base/storage';
import { type StateTree, type StateWrite, emptyTree, openTree } from '../../../core/state/tree';

type Blocks = BlockReader & { readonly byHash: Map<string, Uint8Array>; reads: number };

function createBlocks(): Blocks {
  const byHash = new Map<string, Uint8Array>();
  return {
    byHash,
    reads: 0,
    block(hash) {
      this.reads++;
      return byHash.get(bytesToHex(hash));
    },
  };
}

function save(tree: StateTree, blocks = createBlocks()): { root: Hash; blocks: Blocks } {
  const root = tree.hash((hash, block) => {
    expect(hashOf(block)).toEqual(hash);
    blocks.byHash.set(bytesToHex(hash), block);
  });
  return { root, blocks };
}

const rootOf = (tree: StateTree): string => hashToText(tree.hash(() => undefined));

const key = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 4 }),
  fc.array(fc.constantFrom(0, 1, 16, 17), { minLength: 1, maxLength: 5 }).map((row) => Uint8Array.from(row)),
  fc.uint8Array({ minLength: 30, maxLength: 34 }),
);
const value = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.integer({ min: 1020, max: 1030 }).map((length) => new Uint8Array(length).fill(length)),
);
const writes = fc.array(fc.tuple(key, fc.option(value, { nil: undefined })), { maxLength: 80 });

function modelOf(all: readonly StateWrite[]): Map<string, Uint8Array> {
  const model = new Map<string, Uint8Array>();
  for (const [key, value] of all) {
    if (value === undefined) model.delete(bytesToHex(key));
    else model.set(bytesToHex(key), value);
  }
  return model;
}

const sorted = (model: Map<string, Uint8Array>): [string, Uint8Array][] =>
  [...model].sort(([left], [right]) => compareBytes(hexToBytes(left), hexToBytes(right)));

function entriesOf(tree: StateTree): [string, Uint8Array][] {
  const entries: [string, Uint8Array][] = [];
  for (let at = tree.next(null); at !== undefined; at = tree.next(at.key)) {
    entries.push([bytesToHex(at.key), at.value]);
  }
  return entries;
}

describe('a tree', () => {
  it('holds what a map would hold, in order', () => {
    fc.assert(
      fc.property(writes, key, (all, probe) => {
        const model = modelOf(all);
        const tree = emptyTree.with(all);
        const entries = sorted(model);
        expect(entriesOf(tree)).toEqual(entries);
        for (const [hex, value] of entries) expect(tree.get(hexToBytes(hex))).toEqual(value);
        expect(tree.get(probe)).toEqual(model.get(bytesToHex(probe)));
        const after = entries.find(([hex]) => compareBytes(hexToBytes(hex), probe) > 0);
        expect(tree.next(probe)?.key).toEqual(after && hexToBytes(after[0]));
      }),
    );
  });

  it('has the same root whatever the order of writes and however they are grouped', () => {
    fc.assert(
      fc.property(writes, writes, fc.func(fc.integer()), (all, others, order) => {
        const tree = emptyTree.with(all);
        const entries = [...modelOf(all)].map(([hex, value]): StateWrite => [hexToBytes(hex), value]);
        const shuffled = entries.toSorted((left, right) => order(left[0].join()) - order(right[0].join()));
        let single = emptyTree;
        for (const write of shuffled) {
          single = single.with([write]);
          rootOf(single);
        }
        expect(rootOf(single)).toBe(rootOf(tree));

        const changed = tree.with(others);
        rootOf(changed);
        const restored = changed.with([...others.map(([key]): StateWrite => [key, undefined]), ...entries]);
        expect(rootOf(restored)).toBe(rootOf(tree));
      }),
    );
  });

  it('is read back from its blocks, and written on from there', () => {
    fc.assert(
      fc.property(writes, writes, (all, more) => {
        const tree = emptyTree.with(all);
        const { root, blocks } = save(tree);
        const opened = openTree(blocks, root);
        expect(entriesOf(opened)).toEqual(sorted(modelOf(all)));

        const changed = openTree(blocks, root).with(more);
        const second = save(changed, blocks);
        expect(hashToText(second.root)).toBe(rootOf(emptyTree.with([...all, ...more])));
        expect(entriesOf(openTree(blocks, second.root))).toEqual(sorted(modelOf([...all, ...more])));
      }),
    );
  });
});
