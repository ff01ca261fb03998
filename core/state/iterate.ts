/** Walking over the entries of a tree in order. What a walk reads is not kept: it may pass through all of a large state. */
import { loadNode, loadValue } from './load';
import { type TreeNode, type UnloadedNode, childIndex, createLeaf } from './node';
import type { Parent } from './decode';
import { type Bounds, type KeyRange, boundsOf, narrow, narrowToNibble, unbounded } from './range';
import type { StateEntry, StateTree } from './tree';

export type Order = 'forward' | 'backward';

/**
 * The entries of a range, in order of their keys or against it. Lazy: takes time for the way to the first one and for
 * those that are taken. May throw a `MissingBlock`.
 */
export function* entriesIn(
  tree: StateTree,
  range: KeyRange = {},
  order: Order = 'forward',
): Generator<StateEntry, void, undefined> {
  if (tree.root === null) return;
  const ahead: Place[] = [{ node: tree.root, parent: null, bounds: boundsOf(range) }];
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    const node = loadNode(place.node, place.parent);
    const bounds = narrow(place.bounds, node.key, node.depth);
    if (bounds === undefined) continue;
    // A key that only begins a bound is less than it.
    const value = bounds.low === null ? node.value : undefined;
    if (order === 'forward') {
      if (value !== undefined) yield { key: node.key, value: loadValue(value) };
      for (let nibble = 15; nibble >= 0; nibble--) addChild(ahead, node, { nibble, bounds });
    } else if (value !== undefined && node.bitmap === 0) {
      yield { key: node.key, value: loadValue(value) };
    } else {
      // Its own key is the least of them, so it comes last.
      if (value !== undefined) {
        ahead.push({ node: createLeaf(node.key, value), parent: null, bounds: unbounded });
      }
      for (let nibble = 0; nibble < 16; nibble++) addChild(ahead, node, { nibble, bounds });
    }
  }
}

/** A node that the walk will come to. */
interface Place {
  readonly node: TreeNode | UnloadedNode;
  readonly parent: Parent | null;
  readonly bounds: Bounds;
}

function addChild(
  ahead: Place[],
  { key, depth, bitmap, children }: TreeNode,
  { nibble, bounds }: { readonly nibble: number; readonly bounds: Bounds },
): void {
  if ((bitmap & (1 << nibble)) === 0) return;
  const below = narrowToNibble(bounds, depth, nibble);
  const node = children[childIndex(bitmap, nibble)];
  if (below !== undefined && node !== undefined) {
    ahead.push({ node, parent: { key, depth, nibble }, bounds: below });
  }
}
