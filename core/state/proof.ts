/**
 * Proofs that a tree of some root holds a key with a value, or doesn't hold it: the blocks on the way to where the key
 * is or would be. Whoever has the root can check one with nothing else.
 */
import { bytesEqual } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Hash, type HashFunction, hashToKey } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import { type BlockReader, MissingBlock } from '../base/storage';
import { loadChild, loadNode, loadValue } from './load';
import type { TreeNode } from './node';
import { nibbleAt } from './nibbles';
import { type StateTree, openTree } from './tree';

export type ProofFault = Fault<'bad-proof'>;

/** Of a tree that has been hashed: the root's block first. May throw a `MissingBlock`. */
export function proveKey({ root }: StateTree, key: Uint8Array): readonly Uint8Array[] {
  const blocks: Uint8Array[] = [];
  const length = key.length << 1;
  let node: TreeNode | undefined = root === null ? undefined : loadNode(root, null);
  assert(node === undefined || node.hash !== null, 'a tree is hashed before something is proven of it');
  while (node !== undefined) {
    if (node.block !== null) blocks.push(node.block);
    if (node.depth >= length) break;
    node = loadChild(node, nibbleAt(key, node.depth));
  }
  const value = node !== undefined && holds(node, key) ? node.value : undefined;
  if (value !== undefined && !(value instanceof Uint8Array)) blocks.push(loadValue(value));
  return blocks;
}

/** The value of the key, `undefined` when the tree of that root doesn't hold it; the fault when that isn't proven. */
export const verifyKey = (
  {
    root,
    key,
    blocks,
  }: { readonly root: Hash; readonly key: Uint8Array; readonly blocks: readonly Uint8Array[] },
  hashOf: HashFunction,
): Result<Uint8Array | undefined, ProofFault> =>
  readProof(blocks, hashOf, (proof) => ok(openTree(proof, root).get(key)));

/** Reads with nothing but the blocks of a proof, each of which has to be needed. */
export function readProof<T>(
  blocks: readonly Uint8Array[],
  hashOf: HashFunction,
  read: (proof: BlockReader) => Result<T, ProofFault>,
): Result<T, ProofFault> {
  const blockByHash = new Map(blocks.map((block) => [hashToKey(hashOf(block)), block]));
  const needed = new Set<string>();
  const proof: BlockReader = {
    block(hash) {
      const name = hashToKey(hash);
      needed.add(name);
      return blockByHash.get(name);
    },
  };
  try {
    const result = read(proof);
    if (!result.ok || needed.size === blockByHash.size) return result;
    return err(fault('bad-proof', 'the proof has blocks that prove nothing'));
  } catch (error) {
    if (!(error instanceof MissingBlock)) throw error;
    return err(
      fault('bad-proof', `the proof doesn't lead from the root to the key: ${error.message}`, {
        remedy: 'it was made for another root or key, or has been changed',
      }),
    );
  }
}

const holds = (node: TreeNode, key: Uint8Array): boolean =>
  node.depth === key.length << 1 && bytesEqual(node.key, key);
