/** Looking things up. All of it may throw a `MissingBlock`. */
import { assert } from '../base/result';
import { loadChild, loadValue } from './load';
import type { TreeNode } from './node';
import { nibbleAt, sharedNibbles } from './nibbles';
import type { StateEntry } from './tree';

export function getValue(root: TreeNode, key: Uint8Array): Uint8Array | undefined {
  const length = key.length << 1;
  let node: TreeNode | undefined = root;
  // Only the nibbles that choose a child are looked at on the way down, the rest of the key once at the end.
  while (node !== undefined && node.depth < length) node = loadChild(node, nibbleAt(key, node.depth));
  if (node === undefined || node.depth !== length || node.value === undefined) return undefined;
  for (let index = 0; index < key.length; index++) {
    if (node.key[index] !== key[index]) return undefined;
  }
  return loadValue(node.value);
}

/** The first entry whose key is greater. The first `start` nibbles of the key are known to lead to the node. */
export function nextEntry(node: TreeNode, start: number, key: Uint8Array): StateEntry | undefined {
  const length = key.length << 1;
  const limit = Math.min(node.depth, length);
  const shared = sharedNibbles(node.key, key, { from: start, limit });
  if (shared < limit) {
    return nibbleAt(node.key, shared) > nibbleAt(key, shared) ? firstEntry(node) : undefined;
  }
  if (length < node.depth) return firstEntry(node);
  const chosen = length > node.depth ? nibbleAt(key, node.depth) : -1;
  for (let nibble = Math.max(chosen, 0); nibble < 16; nibble++) {
    const child = loadChild(node, nibble);
    if (child === undefined) continue;
    const found = nibble === chosen ? nextEntry(child, node.depth + 1, key) : firstEntry(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function firstEntry(node: TreeNode): StateEntry {
  if (node.value !== undefined) return { key: node.key, value: loadValue(node.value) };
  const lowest = 31 - Math.clz32(node.bitmap & -node.bitmap);
  const child = loadChild(node, lowest);
  assert(child !== undefined, 'a node without a value has children');
  return firstEntry(child);
}
