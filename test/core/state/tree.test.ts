import * as dagCbor from '@ipld/dag-cbor';
import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { codec, hashOf, hashToText, linkToHash } from '../../../core/base/hash';
import { MissingBlock } from '../../../core/base/storage';
import { type StateTree, type StateWrite, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, entriesOf, hex, keys, manyWrites, modelOf, save, unhex, writeLists } from './model';

const rootOf = (tree: StateTree): string => hashToText(tree.hash(() => undefined));
const text = (value: string): Uint8Array => textToBytes(value);

describe('a tree', () => {
  it('holds what a map would hold, in order', () => {
    fc.assert(
      fc.property(writeLists, keys, (writes, probe) => {
        const model = modelOf(writes);
        const tree = emptyTree.with(writes);
        expect(entriesOf(tree)).toEqual(model);
        for (const [key, value] of model) expect(hex(tree.get(unhex(key)) ?? unhex(''))).toBe(value);
        const found = tree.get(probe);
        expect(found && hex(found)).toBe(new Map(model).get(hex(probe)));
        const next = tree.next(probe);
        expect(next && hex(next.key)).toBe(model.find(([key]) => key > hex(probe))?.[0]);
      }),
    );
  });

  it('leaves the tree it came from as it was', () => {
    fc.assert(
      fc.property(writeLists, writeLists, (writes, more) => {
        const tree = emptyTree.with(writes);
        const before = entriesOf(tree);
        tree.with(more).hash(() => undefined);
        expect(entriesOf(tree)).toEqual(before);
      }),
    );
  });

  it('is the same tree after writes that change nothing', () => {
    const tree = emptyTree.with([[text('a'), text('1')]]);
    expect(tree.with([])).toBe(tree);
    expect(tree.with([[text('a'), text('1')]])).toBe(tree);
    expect(tree.with([[text('b'), undefined]])).toBe(tree);
  });

  it('gives a key that others begin with', () => {
    const tree = emptyTree.with(['a/b', 'a/c', 'a'].map((key) => [text(key), text(key)]));
    expect(tree.next(null)).toEqual({ key: text('a'), value: text('a') });
  });

  it('takes keys of 1 to 4096 bytes', () => {
    const longest = new Uint8Array(4096).fill(7);
    expect(emptyTree.with([[longest, text('1')]]).get(longest)).toEqual(text('1'));
    expect(() => emptyTree.with([[new Uint8Array(4097), text('1')]])).toThrow('1 to 4096');
    expect(() => emptyTree.with([[new Uint8Array(), text('1')]])).toThrow('1 to 4096');
    expect(emptyTree.get(new Uint8Array(4097))).toBeUndefined();
  });
});

describe('a root', () => {
  it('depends on the entries alone', () => {
    fc.assert(
      fc.property(writeLists, writeLists, fc.infiniteStream(fc.nat()), (writes, others, random) => {
        const tree = emptyTree.with(writes);
        const entries = modelOf(writes).map(([key, value]): StateWrite => [unhex(key), unhex(value)]);
        const shuffled = entries
          .map((write) => ({ write, rank: random.next().value }))
          .sort((left, right) => left.rank - right.rank);
        let oneByOne = emptyTree;
        for (const { write } of shuffled) {
          oneByOne = oneByOne.with([write]);
          rootOf(oneByOne);
        }
        expect(rootOf(oneByOne)).toBe(rootOf(tree));

        const changed = tree.with(others);
        rootOf(changed);
        const undone = changed.with([...others.map(([key]): StateWrite => [key, undefined]), ...entries]);
        expect(rootOf(undone)).toBe(rootOf(tree));
      }),
    );
  });

  it('is the same after any steps, hashed and reopened or not in between', () => {
    const step = fc.record({ writes: writeLists, ending: fc.constantFrom('go on', 'hash', 'reopen') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const blocks = createBlocks();
        let tree = emptyTree;
        const all: StateWrite[] = [];
        for (const { writes, ending } of steps) {
          tree = tree.with(writes);
          all.push(...writes);
          if (ending !== 'go on') expect(rootOf(emptyTree.with(all))).toBe(hashToText(save(tree, blocks)));
          if (ending === 'reopen') tree = openTree(blocks, save(tree, blocks));
        }
        expect(entriesOf(openTree(blocks, save(tree, blocks)))).toEqual(modelOf(all));
      }),
    );
  });

  it('is that of an empty list when there are no entries', () => {
    const emptied = emptyTree.with([[text('a'), text('1')]]).with([[text('a'), undefined]]);
    expect(rootOf(emptied)).toBe(hashToText(hashOf(dagCbor.encode([]))));
    expect(
      openTree(
        createBlocks(),
        emptied.hash(() => undefined),
      ).next(null),
    ).toBeUndefined();
  });

  it('takes one block for a few small entries', () => {
    const blocks = createBlocks();
    const names = ['alice', 'bob', 'carol', 'dave', 'eve', 'frank'];
    save(emptyTree.with(names.map((name) => [text(`balance/${name}`), text('10')])), blocks);
    expect(blocks.byHash.size).toBe(1);
  });

  it('gives each block once', () => {
    const blocks = createBlocks();
    const tree = emptyTree.with(manyWrites(1000));
    save(tree, blocks);
    let emitted = 0;
    tree.hash(() => emitted++);
    expect(emitted).toBe(0);
    tree.with(manyWrites(1, 5)).hash((hash) => {
      expect(blocks.byHash.has(hex(hash))).toBe(false);
      emitted++;
    });
    expect(emitted).toBeGreaterThan(0);
    expect(emitted).toBeLessThan(6);
  });
});

describe('a stored tree', () => {
  it('is read back, and written on from there', () => {
    fc.assert(
      fc.property(writeLists, writeLists, (writes, more) => {
        const blocks = createBlocks();
        const root = save(emptyTree.with(writes), blocks);
        expect(entriesOf(openTree(blocks, root))).toEqual(modelOf(writes));

        const changed = save(openTree(blocks, root).with(more), blocks);
        const all = [...writes, ...more];
        expect(hashToText(changed)).toBe(rootOf(emptyTree.with(all)));
        expect(entriesOf(openTree(blocks, changed))).toEqual(modelOf(all));
      }),
    );
  });

  it('is plain IPLD, as @ipld/dag-cbor writes it', () => {
    fc.assert(
      fc.property(writeLists, (writes) => {
        const blocks = createBlocks();
        const root = save(emptyTree.with(writes), blocks);
        const seen = new Set<string>();
        const follow = (value: unknown): void => {
          if (Array.isArray(value)) value.forEach(follow);
          const link = CID.asCID(value);
          if (link !== null) visit(link);
        };
        const visit = (link: CID): void => {
          const key = hex(linkToHash(link));
          const block = blocks.byHash.get(key) ?? new Uint8Array();
          expect(hex(hashOf(block))).toBe(key);
          seen.add(key);
          if (link.code === codec.raw) return;
          const node: unknown = dagCbor.decode(block);
          expect(hex(dagCbor.encode(node))).toBe(hex(block));
          follow(node);
        };
        if (modelOf(writes).length > 0) visit(CID.parse(hashToText(root)));
        expect(seen.size).toBe(blocks.byHash.size);
      }),
    );
  });

  it('reads no more blocks than lead to the key', () => {
    const blocks = createBlocks();
    const writes = manyWrites(20_000);
    const root = save(emptyTree.with(writes), blocks);
    const opened = openTree(blocks, root);
    expect(blocks.reads).toBe(0);
    const [key] = writes[4711] ?? [new Uint8Array()];
    expect(opened.get(key)).toBeDefined();
    expect(blocks.reads).toBeLessThanOrEqual(5);
    opened.get(key);
    opened.with([[key, text('changed')]]).hash(() => undefined);
    expect(blocks.reads).toBeLessThanOrEqual(5);
  });

  it('names a block that is missing or damaged', () => {
    const blocks = createBlocks();
    const writes = manyWrites(300);
    const root = save(emptyTree.with(writes), blocks);
    for (const [hash, block] of blocks.byHash) {
      if (hash === hex(root)) continue;
      for (const [reason, bytes] of [
        ['missing', undefined],
        ['damaged', block.slice(1)],
      ] as const) {
        const broken = { block: (of: typeof root) => (hex(of) === hash ? bytes : blocks.block(of)) };
        try {
          entriesOf(openTree(broken, root));
          expect.unreachable();
        } catch (error) {
          if (!(error instanceof MissingBlock)) throw error;
          expect(hex(error.hash)).toBe(hash);
          expect(error.reason).toBe(reason);
        }
      }
    }
  });

  it('takes any bytes for a block without losing its way', () => {
    const blocks = createBlocks();
    const root = save(emptyTree.with(manyWrites(3)), blocks);
    const block = blocks.block(root) ?? new Uint8Array();
    fc.assert(
      fc.property(fc.nat(block.length - 1), fc.nat(255), (at, byte) => {
        const changed = block.slice();
        changed[at] = byte;
        try {
          entriesOf(openTree({ block: (hash) => (hash === root ? changed : undefined) }, root));
        } catch (error) {
          expect(error).toBeInstanceOf(MissingBlock);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('hostile keys', () => {
  it('of which each begins with the one before cost no more than their length', () => {
    const blocks = createBlocks();
    const longest = new Uint8Array(1024).fill(0x61);
    const writes = Array.from({ length: 1024 }, (_, index): StateWrite => [
      longest.slice(0, index + 1),
      text('x'),
    ]);
    const tree = emptyTree.with(writes);
    const root = save(tree, blocks);
    expect(blocks.byHash.size).toBeLessThanOrEqual(1024);
    const opened = openTree(blocks, root);
    expect(opened.get(longest)).toEqual(text('x'));
    expect(opened.next(longest.slice(0, 1023))?.key).toEqual(longest);
    expect(rootOf(opened.with(writes.map(([key]) => [key, undefined])))).toBe(rootOf(emptyTree));
  });

  it('that differ only at their ends take a block or two', () => {
    const blocks = createBlocks();
    const long = (last: number): Uint8Array => new Uint8Array(1024).fill(0x61).fill(last, 1023);
    save(emptyTree.with([1, 2, 3].map((last) => [long(last), text('x')])), blocks);
    expect(blocks.byHash.size).toBe(1);
  });
});
