/**
 * A tree whose folders are read when they are opened, each as a paged list, laid out as one list of rows. What is open
 * is kept by key, so that it stays open when rows come and go around it. Without a DOM: `TreeView` shows it.
 */
import type { Disposable } from '../../core/base/disposal';
import type { Fault } from '../../core/base/fault';
import { type PagedList, type ReadPage, createPagedList } from './paged-list';

export type TreeRow<Node> =
  | {
      readonly kind: 'node';
      readonly key: string;
      readonly depth: number;
      readonly node: Node;
      readonly expandable: boolean;
      readonly expanded: boolean;
    }
  /** A row that is on its way. */
  | { readonly kind: 'loading'; readonly key: string; readonly depth: number }
  /** In place of rows that could not be read. */
  | { readonly kind: 'fault'; readonly key: string; readonly depth: number; readonly fault: Fault };

export interface TreeList<Node> extends Disposable {
  count(): number;
  row(index: number): TreeRow<Node> | undefined;
  /** Reads what isn't there of these rows. */
  want(first: number, last: number): void;
  indexOf(key: string): number | null;
  /** The row of the folder that holds this one; `null` at the top. */
  parentOf(index: number): number | null;
  setExpanded(key: string, expanded: boolean): void;
  expanded(): ReadonlySet<string>;
  /** Reads again all that is open, or one open folder (`null` is the top). */
  refresh(key?: string | null): void;
  /** Whether the top has been read at all, and why not. */
  known(): boolean;
  fault(): Fault | null;
  subscribe(listener: () => void): () => void;
  revision(): number;
}

export interface TreeListOptions<Node> {
  /** The children of a node, or the top of the tree for `null`. */
  readonly readChildren: (parent: Node | null) => ReadPage<Node>;
  readonly keyOf: (node: Node) => string;
  readonly isExpandable: (node: Node) => boolean;
  /** What is open at first. */
  readonly expanded?: Iterable<string>;
}

export function createTreeList<Node>(options: TreeListOptions<Node>): TreeList<Node> {
  const { readChildren, keyOf, isExpandable } = options;
  const listeners = new Set<() => void>();
  const expandedKeys = new Set(options.expanded);
  let revision = 0;

  const changed = (): void => {
    revision++;
    for (const listener of listeners) listener();
  };

  const openBranch = (parent: Node | null, key: string | null, depth: number): Branch<Node> => {
    const list = createPagedList({ readPage: readChildren(parent) });
    const branch: Branch<Node> = { key, depth, list, open: new Map() };
    list.subscribe(() => {
      settleOpen(branch);
      changed();
    });
    list.want(0, 0);
    return branch;
  };

  /** Opens below the rows at hand what is to be open, and closes what is not or has moved. */
  const settleOpen = (branch: Branch<Node>): void => {
    const before = new Map([...branch.open.values()].map((each) => [each.key, each]));
    const seen = new Set<number>();
    for (const [index, node] of branch.list.rows()) {
      seen.add(index);
      const key = keyOf(node);
      const open = expandedKeys.has(key) && isExpandable(node);
      if (open) branch.open.set(index, before.get(key) ?? openBranch(node, key, branch.depth + 1));
      else branch.open.delete(index);
    }
    for (const index of branch.open.keys()) {
      if (index >= branch.list.total()) branch.open.delete(index);
    }
    const kept = new Set(branch.open.values());
    for (const each of before.values()) if (!kept.has(each)) disposeBranch(each);
  };

  const top = openBranch(null, null, 0);

  const branchOf = (key: string | null, branch = top): Branch<Node> | null => {
    if (branch.key === key) return branch;
    for (const below of branch.open.values()) {
      const found = branchOf(key, below);
      if (found !== null) return found;
    }
    return null;
  };

  const parentBranchOf = (key: string, branch = top): Branch<Node> | null => {
    for (const [, node] of branch.list.rows()) if (keyOf(node) === key) return branch;
    for (const below of branch.open.values()) {
      const found = parentBranchOf(key, below);
      if (found !== null) return found;
    }
    return null;
  };

  return {
    count: () => rowsOf(top),
    row(index) {
      const place = placeOf(top, index);
      if (place === null) return undefined;
      const { branch, at } = place;
      const { depth } = branch;
      const node = branch.list.row(at);
      if (node === undefined) {
        const key = `${branch.key ?? ''}\0${at}`;
        const fault = branch.list.fault();
        return fault === null ? { kind: 'loading', key, depth } : { kind: 'fault', key, depth, fault };
      }
      const expandable = isExpandable(node);
      return { kind: 'node', key: keyOf(node), depth, node, expandable, expanded: branch.open.has(at) };
    },
    want(first, last) {
      wantRows(top, first, last);
    },
    indexOf: (key) => indexOfKey(top, key, keyOf),
    parentOf(index) {
      const place = placeOf(top, index);
      const key = place?.branch.key ?? null;
      return key === null ? null : indexOfKey(top, key, keyOf);
    },
    setExpanded(key, expanded) {
      if (expanded === expandedKeys.has(key)) return;
      if (expanded) expandedKeys.add(key);
      else expandedKeys.delete(key);
      const branch = parentBranchOf(key);
      if (branch !== null) settleOpen(branch);
      changed();
    },
    expanded: () => expandedKeys,
    refresh(key) {
      if (key === undefined) for (const branch of allBranches(top)) branch.list.refresh();
      else branchOf(key)?.list.refresh();
    },
    known: () => top.list.known(),
    fault: () => top.list.fault(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    dispose() {
      disposeBranch(top);
      listeners.clear();
    },
  };
}

/** An open folder, or the top of the tree. */
interface Branch<Node> {
  readonly key: string | null;
  readonly depth: number;
  readonly list: PagedList<Node>;
  /** The open folders among its rows, by their place. */
  readonly open: Map<number, Branch<Node>>;
}

/** A folder that has not been read yet, or could not be, holds one row that says so. */
const ownRowsOf = ({ list, key }: Branch<unknown>): number =>
  key !== null && (!list.known() || (list.fault() !== null && list.total() === 0)) ? 1 : list.total();

function rowsOf(branch: Branch<unknown>): number {
  let rows = ownRowsOf(branch);
  for (const below of branch.open.values()) rows += rowsOf(below);
  return rows;
}

const inOrder = <Node>({ open }: Branch<Node>): readonly (readonly [number, Branch<Node>])[] =>
  [...open].toSorted(([left], [right]) => left - right);

function placeOf<Node>(branch: Branch<Node>, index: number): { branch: Branch<Node>; at: number } | null {
  // Rows of open folders that lie before `index`.
  let below = 0;
  for (const [at, open] of inOrder(branch)) {
    if (index - below <= at) break;
    const rows = rowsOf(open);
    if (index - below - at <= rows) return placeOf(open, index - below - at - 1);
    below += rows;
  }
  const at = index - below;
  return at >= 0 && at < ownRowsOf(branch) ? { branch, at } : null;
}

function wantRows(branch: Branch<unknown>, first: number, last: number): void {
  // The range in rows of this branch alone, found while passing its open folders.
  let ownFirst = first;
  let ownLast = last;
  let start = 0;
  for (const [at, open] of inOrder(branch)) {
    const rows = rowsOf(open);
    const begin = at + start + 1;
    if (first < begin + rows && last >= begin)
      wantRows(open, first - begin, Math.min(last - begin, rows - 1));
    if (first >= begin) ownFirst -= Math.min(rows, first - begin);
    if (last >= begin) ownLast -= Math.min(rows, last - begin + 1);
    start += rows;
  }
  branch.list.want(Math.max(ownFirst, 0), Math.min(ownLast, Math.max(branch.list.total() - 1, 0)));
}

function indexOfKey<Node>(branch: Branch<Node>, key: string, keyOf: (node: Node) => string): number | null {
  const opened = inOrder(branch);
  const rowsBefore = (at: number): number =>
    opened.reduce((rows, [place, open]) => (place < at ? rows + rowsOf(open) : rows), 0);
  for (const [at, node] of branch.list.rows()) if (keyOf(node) === key) return at + rowsBefore(at);
  for (const [at, open] of opened) {
    const found = indexOfKey(open, key, keyOf);
    if (found !== null) return at + rowsBefore(at) + 1 + found;
  }
  return null;
}

function* allBranches<Node>(branch: Branch<Node>): Iterable<Branch<Node>> {
  yield branch;
  for (const below of branch.open.values()) yield* allBranches(below);
}

function disposeBranch(branch: Branch<unknown>): void {
  for (const each of allBranches(branch)) each.list.dispose();
}
