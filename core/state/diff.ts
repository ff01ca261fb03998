/** What two versions of a state differ in, found without looking at what they share. */
import { bytesEqual } from '../base/bytes';
import { loadChild, loadNode, loadValue } from './load';
import { type TreeNode, type UnloadedNode, childIndex } from './node';
import { nibbleAt, sharedNibbles } from './nibbles';
import { type Bounds, type KeyRange, boundsOf, narrow, narrowToNibble } from './range';
import type { StateTree } from './tree';

/** A side is `undefined` when it doesn't have the key. */
export interface StateChange {
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/**
 * In order of the keys, those of a range. Lazy: takes time for the changes that are taken, not for the entries, and reads
 * no block that both trees have. May throw a `MissingBlock`.
 */
export function diffTrees(
  before: StateTree,
  after: StateTree,
  range: KeyRange = {},
): Generator<StateChange, void, undefined> {
  return diffSides(rootSide(before), rootSide(after), boundsOf(range));
}

/** All entries of one of the trees that begin with the same nibbles: a node, and where it hangs. */
interface Side<Node = TreeNode | UnloadedNode> {
  readonly node: Node;
  /** `null` above a root. */
  readonly parent: TreeNode | null;
  readonly nibble: number;
}

function* diffSides(
  before: Side | undefined,
  after: Side | undefined,
  range: Bounds,
): Generator<StateChange, void, undefined> {
  if (isSame(before, after)) return;
  const left = load(before);
  const right = load(after);
  const node = left?.node ?? right?.node;
  if (node === undefined) return;
  const depth = sharedDepth(left?.node, right?.node);
  const bounds = narrow(range, node.key, depth);
  if (bounds === undefined) return;
  // A key that only begins a bound is less than it.
  const change = bounds.low === null ? diffValues(left?.node, right?.node, depth) : undefined;
  if (change !== undefined) yield change;
  for (let nibble = 0; nibble < 16; nibble++) {
    const within = narrowToNibble(bounds, depth, nibble);
    if (within !== undefined) {
      yield* diffSides(below(left, depth, nibble), below(right, depth, nibble), within);
    }
  }
}

const rootSide = ({ root }: StateTree): Side | undefined =>
  root === null ? undefined : { node: root, parent: null, nibble: 0 };

/** Without loading either. Equal hashes mean equal entries only for nodes that hang at the same depth. */
function isSame(left: Side | undefined, right: Side | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left.node === right.node) return true;
  if (left.node.hash === null || right.node.hash === null) return false;
  return left.parent?.depth === right.parent?.depth && bytesEqual(left.node.hash, right.node.hash);
}

function load(side: Side | undefined): Side<TreeNode> | undefined {
  if (side === undefined) return undefined;
  const { node, parent, nibble } = side;
  const loaded = parent === null ? loadNode(node, null) : loadChild(parent, nibble);
  return loaded && { node: loaded, parent, nibble };
}

/** How many nibbles all entries of both sides share. */
function sharedDepth(left: TreeNode | undefined, right: TreeNode | undefined): number {
  if (left === undefined || right === undefined) return (left ?? right)?.depth ?? 0;
  return sharedNibbles(left.key, right.key, { from: 0, limit: Math.min(left.depth, right.depth) });
}

/** For the key that ends at `depth`. */
function diffValues(
  left: TreeNode | undefined,
  right: TreeNode | undefined,
  depth: number,
): StateChange | undefined {
  const holder = left !== undefined && left.depth === depth && left.value !== undefined ? left : right;
  const old = left?.depth === depth ? left.value : undefined;
  const young = right?.depth === depth ? right.value : undefined;
  if (holder === undefined || old === young) return undefined;
  const before = old && loadValue(old);
  const after = young && loadValue(young);
  const isChange = before === undefined || after === undefined || !bytesEqual(before, after);
  return isChange ? { key: holder.key, before, after } : undefined;
}

/** The entries of a side that have this nibble after the first `depth`, which all of the side share. */
function below(side: Side<TreeNode> | undefined, depth: number, nibble: number): Side | undefined {
  if (side === undefined) return undefined;
  const { node } = side;
  if (node.depth > depth) return nibbleAt(node.key, depth) === nibble ? side : undefined;
  if ((node.bitmap & (1 << nibble)) === 0) return undefined;
  const child = node.children[childIndex(node.bitmap, nibble)];
  return child && { node: child, parent: node, nibble };
}
