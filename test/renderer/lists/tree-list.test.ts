import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../core/base/result';
import { createTreeList } from '../../../renderer/lists/tree-list';
import { settled } from '../fake-host';

interface Folder {
  readonly [name: string]: Folder;
}

interface Node {
  readonly path: string;
  readonly folder: Folder;
}

function createTree(source: { root: Folder }, expanded: readonly string[] = []) {
  const at = (path: string): Folder =>
    path === ''
      ? source.root
      : path.split('/').reduce<Folder>((folder, name) => folder[name] ?? {}, source.root);
  return createTreeList<Node>({
    readChildren:
      (parent) =>
      async ({ start, count }) => {
        const path = parent?.path ?? '';
        const nodes = Object.entries(at(path)).map(([name, folder]) => ({
          path: path === '' ? name : `${path}/${name}`,
          folder,
        }));
        return ok({ start, total: nodes.length, rows: nodes.slice(start, start + count) });
      },
    keyOf: ({ path }) => path,
    isExpandable: ({ folder }) => Object.keys(folder).length > 0,
    expanded,
  });
}

const shown = (tree: ReturnType<typeof createTree>): string[] =>
  Array.from({ length: tree.count() }, (_, index) => {
    const row = tree.row(index);
    return row?.kind === 'node' ? `${'  '.repeat(row.depth)}${row.key}` : (row?.kind ?? 'missing');
  });

/** Reads all rows, as if all were on the screen. */
async function readAll(tree: ReturnType<typeof createTree>): Promise<void> {
  for (let before = -1; before !== tree.revision();) {
    before = tree.revision();
    tree.want(0, Math.max(tree.count() - 1, 0));
    await settled();
  }
}

const many = (count: number): Folder =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${String(index).padStart(4, '0')}`, {}]));

describe('a tree list', () => {
  it('reads a folder when it is opened', async () => {
    const tree = createTree({ root: { a: { x: {}, y: {} }, b: {} } });
    await settled();
    expect(shown(tree)).toEqual(['a', 'b']);
    tree.setExpanded('a', true);
    expect(shown(tree)).toEqual(['a', 'loading', 'b']);
    await settled();
    expect(shown(tree)).toEqual(['a', '  a/x', '  a/y', 'b']);
    expect([tree.indexOf('a/y'), tree.indexOf('b'), tree.parentOf(2), tree.parentOf(3)]).toEqual([
      2,
      3,
      0,
      null,
    ]);
    tree.setExpanded('a', false);
    expect(shown(tree)).toEqual(['a', 'b']);
  });

  it('keeps open what was open when rows come and go around it', async () => {
    const source: { root: Folder } = { root: { b: { x: {} } } };
    const tree = createTree(source, ['b']);
    await settled();
    await settled();
    source.root = { a: {}, b: { x: {}, z: {} }, c: {} };
    tree.refresh();
    await settled();
    expect(shown(tree)).toEqual(['a', 'b', '  b/x', '  b/z', 'c']);
    source.root = { a: {}, c: {} };
    tree.refresh();
    await settled();
    expect(shown(tree)).toEqual(['a', 'c']);
  });

  it('reads of a large folder only what is looked at', async () => {
    const tree = createTree({ root: { big: many(10_000), last: {} } }, ['big']);
    await settled();
    await settled();
    expect(tree.count()).toBe(10_002);
    tree.want(5000, 5040);
    await settled();
    expect(tree.row(5001)).toMatchObject({ kind: 'node', key: 'big/n5000', depth: 1 });
    expect(tree.row(9000)?.kind).toBe('loading');
    expect(tree.row(10_001)).toMatchObject({ kind: 'node', key: 'last' });
  });

  it('lays out any tree as walking it would', async () => {
    const folderOf = (depth: number): fc.Arbitrary<Folder> =>
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), depth === 0 ? fc.constant({}) : folderOf(depth - 1), {
        maxKeys: 3,
      });
    await fc.assert(
      fc.asyncProperty(folderOf(3), fc.func(fc.boolean()), async (root, isOpen) => {
        const expected: string[] = [];
        const expanded: string[] = [];
        const walk = (at: Folder, path: string, depth: number): void => {
          for (const [name, below] of Object.entries(at)) {
            const key = path === '' ? name : `${path}/${name}`;
            expected.push(`${'  '.repeat(depth)}${key}`);
            if (!isOpen(key)) continue;
            expanded.push(key);
            walk(below, key, depth + 1);
          }
        };
        walk(root, '', 0);
        const tree = createTree({ root }, expanded);
        await readAll(tree);
        expect(shown(tree)).toEqual(expected);
        for (const [index, line] of expected.entries()) expect(tree.indexOf(line.trim())).toBe(index);
        tree.dispose();
      }),
      { numRuns: 50 },
    );
  });
});
