import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../core/base/hash';
import { proveKey, verifyKey } from '../../../core/state/proof';
import { type StateTree, emptyTree, openTree } from '../../../core/state/tree';
import { createBlocks, hex, keys, manyWrites, modelOf, save, unhex, writeLists } from './model';

interface Proof {
  readonly root: ReturnType<StateTree['hash']>;
  readonly key: Uint8Array;
  readonly blocks: readonly Uint8Array[];
}

function prove(tree: StateTree, key: Uint8Array): Proof {
  const root = tree.hash(() => undefined);
  return { root, key, blocks: proveKey(tree, key) };
}

/** The value in hexadecimal; `null` for a key that is proven not to be there. */
function proven(proof: Proof): string | null {
  const value = verifyKey(proof, hashOf);
  if (!value.ok) throw new Error(value.error.message);
  return value.value === undefined ? null : hex(value.value);
}

const refused = { ok: false, error: { code: 'bad-proof' } };

/** A tree, and a key that is as often in it as not. */
const treesAndKeys = fc
  .tuple(writeLists, keys, fc.nat())
  .map(([writes, other, choice]): readonly [StateTree, Uint8Array, string | null] => {
    const model = modelOf(writes);
    const held = choice % 2 === 0 ? model[choice % Math.max(1, model.length)] : undefined;
    const key = held === undefined ? other : unhex(held[0]);
    return [emptyTree.with(writes), key, new Map(model).get(hex(key)) ?? null];
  });

describe('a proof', () => {
  it('shows the value of every key, and of every other that it is not there', () => {
    fc.assert(
      fc.property(treesAndKeys, ([tree, key, value]) => {
        const proof = prove(tree, key);
        expect(proven(proof)).toBe(value);
        const blocks = createBlocks();
        const stored = openTree(blocks, save(emptyTree.with(entriesToWrites(tree)), blocks));
        expect(prove(stored, key)).toEqual(proof);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when anything of it is changed, left out or added', () => {
    fc.assert(
      fc.property(
        treesAndKeys,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (made, at, byte, by) => {
          const [tree, key] = made;
          const proof = prove(tree, key);
          const { blocks } = proof;
          expect(verifyKey({ ...proof, blocks: [...blocks, Uint8Array.of(by)] }, hashOf)).toMatchObject(
            refused,
          );
          if (blocks.length === 0) return;
          const chosen = at % blocks.length;
          const changed = blocks[chosen]?.slice() ?? new Uint8Array(1);
          changed[byte % changed.length] = (changed[byte % changed.length] ?? 0) ^ by;
          expect(verifyKey({ ...proof, blocks: blocks.with(chosen, changed) }, hashOf)).toMatchObject(
            refused,
          );
          expect(verifyKey({ ...proof, blocks: blocks.toSpliced(chosen, 1) }, hashOf)).toMatchObject(refused);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of one tree or key never shows what another tree or key has', () => {
    fc.assert(
      fc.property(treesAndKeys, treesAndKeys, ([tree, key], [other, otherKey]) => {
        const proof = prove(tree, key);
        const { root } = prove(other, otherKey);
        const forRoot = verifyKey({ ...proof, root }, hashOf);
        if (forRoot.ok) expect(forRoot.value && hex(forRoot.value)).toBe(held(other, key));
        const forKey = verifyKey({ ...proof, key: otherKey }, hashOf);
        if (forKey.ok) expect(forKey.value && hex(forKey.value)).toBe(held(tree, otherKey));
      }),
      { numRuns: 300 },
    );
  });

  it('of a root that is no tree is refused', () => {
    for (const block of [Uint8Array.of(0x80, 0x80), Uint8Array.of(0xf6), new Uint8Array()]) {
      const proof = { root: hashOf(block), key: Uint8Array.of(1), blocks: [block] };
      expect(verifyKey(proof, hashOf)).toMatchObject(refused);
    }
  });

  it('is a few blocks of a large tree', () => {
    const writes = manyWrites(20_000);
    const [[key]] = writes as [[Uint8Array, Uint8Array]];
    const { blocks } = prove(emptyTree.with(writes), key);
    expect(blocks.length).toBeLessThanOrEqual(6);
  });
});

const held = (tree: StateTree, key: Uint8Array): string | undefined => {
  const value = tree.get(key);
  return value && hex(value);
};

function entriesToWrites(tree: StateTree): [Uint8Array, Uint8Array][] {
  const writes: [Uint8Array, Uint8Array][] = [];
  for (let at = tree.next(null); at !== undefined; at = tree.next(at.key)) writes.push([at.key, at.value]);
  return writes;
}
