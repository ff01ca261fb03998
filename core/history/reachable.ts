/** All blocks that a history or a world consists of: what is exported with it, and has to be there to go on from it. */
import { type Codec, type Hash, codec, hashToKey, hashToText } from '../base/hash';
import { type BlockReader, MissingBlock } from '../base/storage';
import { bytesToStoredKernel } from '../kernel/kernel';
import { linkSize, rawLinkHead } from '../state/format';
import { orBad, treeBlocks } from '../state/tree-blocks';
import { bytesToBeginning } from './beginning';
import { bytesToCommit, isCommit } from './commit';
import { DamagedBlock } from './stored-value';

export interface StoredBlock {
  readonly hash: Hash;
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

/**
 * From the heads of branches down to the genesis of their worlds, each block once. Throws a `MissingBlock` for one that isn't there, a
 * {@link DamagedBlock} for one that isn't what its place says.
 */
export function* historyBlocks(
  blocks: BlockReader,
  ...heads: readonly Hash[]
): Generator<StoredBlock, void, undefined> {
  const walk = createWalk(blocks);
  for (const head of heads) yield* pastBlocks(blocks, head, walk);
}

/** Up to where another branch has been before. */
function* pastBlocks(
  blocks: BlockReader,
  head: Hash,
  walk: ReturnType<typeof createWalk>,
): Generator<StoredBlock, void, undefined> {
  for (let hash = head; walk.isNew(hash);) {
    const bytes = needed(blocks, hash);
    yield { hash, codec: codec.dagCbor, bytes };
    if (isCommit(bytes)) {
      const { parent, world, count, receipt } = bytesToCommit(bytes);
      yield* walk.world(world);
      for (let place = 0; place < count; place++) {
        const { code, before, after } = receipt(place);
        if (code !== null) yield* walk.code(code);
        if (before !== null) yield* walk.state(before);
        if (after !== null) yield* walk.state(after);
      }
      hash = parent;
    } else {
      const { fork } = bytesToBeginning(bytes);
      if (fork === null) return;
      yield* walk.world(fork.world);
      hash = fork.parent;
    }
    yield* walk.mentioned(bytes);
  }
}

/** Of all kernels below a world's root: their states and code. Throws as much. */
export const worldBlocks = (blocks: BlockReader, root: Hash): Generator<StoredBlock, void, undefined> =>
  createWalk(blocks).world(root);

/** With `onBad` it tells of blocks that are missing or damaged, and goes on. */
export function createWalk(blocks: BlockReader, onBad?: (error: MissingBlock) => void) {
  const seen = new Set<string>();
  const isNew = (hash: Hash): boolean => {
    const before = seen.size;
    return seen.add(hashToKey(hash)).size > before;
  };

  const walk = {
    isNew,
    *world(root: Hash): Generator<StoredBlock, void, undefined> {
      for (const { values, ...block } of treeBlocks(blocks, root, isNew, onBad)) {
        yield block;
        for (const value of values) {
          const kernel = bytesToStoredKernel(value);
          if (kernel === undefined) {
            if (onBad === undefined)
              throw new DamagedBlock(`the block ${hashToText(block.hash)} holds no kernel`);
            onBad(new MissingBlock(block.hash, 'damaged'));
            continue;
          }
          if (kernel.code !== null) yield* walk.code(kernel.code);
          if (kernel.stateRoot !== null) yield* walk.state(kernel.stateRoot);
        }
      }
    },
    *state(root: Hash): Generator<StoredBlock, void, undefined> {
      for (const { values, ...block } of treeBlocks(blocks, root, isNew, onBad)) {
        yield block;
        for (const value of values) yield* walk.mentioned(value);
      }
    },
    *code(hash: Hash): Generator<StoredBlock, void, undefined> {
      if (!isNew(hash)) return;
      const bytes = orBad(() => needed(blocks, hash), onBad);
      if (bytes !== undefined) yield { hash, codec: codec.raw, bytes };
    },
    /** Code that messages and states speak of, such as that of installed contracts; they may speak of what never was. */
    *mentioned(bytes: Uint8Array): Generator<StoredBlock, void, undefined> {
      for (const hash of mentionedCode(bytes)) {
        const code = seen.has(hashToKey(hash)) ? undefined : orBad(() => blocks.block(hash), onBad);
        if (code !== undefined && isNew(hash)) yield { hash, codec: codec.raw, bytes: code };
      }
    },
  };
  return walk;
}

function needed(blocks: BlockReader, hash: Hash): Uint8Array {
  const bytes = blocks.block(hash);
  if (bytes === undefined) throw new MissingBlock(hash, 'missing');
  return bytes;
}

/** Links to code wherever they stand: also within byte strings that hold values of their own. */
export function* mentionedCode(bytes: Uint8Array): Generator<Hash, void, undefined> {
  const first = rawLinkHead[0] ?? 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + linkSize > bytes.length) return;
    if (rawLinkHead.every((byte, index) => bytes[at + index] === byte)) {
      yield bytes.slice(at + rawLinkHead.length, at + linkSize) as Hash;
    }
  }
}
