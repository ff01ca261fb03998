import { describe, expect, it } from 'vitest';
import { bytesToText, textToBytes } from '../../../core/base/bytes';
import { err, ok } from '../../../core/base/result';
import type { StateRow } from '../../../core/studio/protocol/world';
import type { StateQuestion } from '../../../renderer/lists/state-levels';
import { type StateTree, createStateTree, stateRowKey } from '../../../renderer/lists/state-tree';

const rowOf = (prefix: string, name: string, level: boolean): StateRow => ({
  name,
  rawKey: textToBytes(prefix + name),
  level,
  entry: null,
});

/** A state of 250 accounts that answers at once, in pages of 100; version 7 has one account less. */
function createAsked() {
  const asked: StateQuestion[] = [];
  let failing = false;
  const ask = async (question: StateQuestion) => {
    asked.push(question);
    await Promise.resolve();
    if (failing) return err({ code: 'disconnected', message: 'the host is gone' });
    const prefix = bytesToText(question.prefix);
    const all =
      prefix === ''
        ? [rowOf('', 'accounts', true), rowOf('', 'total', false)]
        : Array.from({ length: question.at === 7 ? 249 : 250 }, (_, index) =>
            rowOf(prefix, String(index).padStart(3, '0'), false),
          );
    const from = question.after === null ? 0 : all.findIndex(({ name }) => name === question.after) + 1;
    return ok({ rows: all.slice(from, from + 100), more: from + 100 < all.length });
  };
  return { ask, asked, fail: (on: boolean) => (failing = on) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const accounts = stateRowKey(textToBytes('accounts'));

const rowsOf = (tree: StateTree) => Array.from({ length: tree.count() }, (_, index) => tree.row(index));

/** Looks at all rows, the last of which stands for the next page. */
const readOn = (tree: StateTree): void => tree.want(0, tree.count() - 1);

describe('the open levels of a state', () => {
  it('begin with the root, and are read in pages on request', async () => {
    const { ask } = createAsked();
    const tree = createStateTree(ask, null);
    expect(rowsOf(tree)).toMatchObject([{ kind: 'loading' }]);
    await settled();
    expect(rowsOf(tree)).toMatchObject([
      { node: { name: 'accounts' }, expanded: false },
      { node: { name: 'total' }, expandable: false },
    ]);

    tree.setExpanded(accounts, true);
    await settled();
    readOn(tree);
    await settled();
    const rows = rowsOf(tree);
    expect(rows).toHaveLength(2 + 200 + 1);
    expect(rows[201]).toMatchObject({ kind: 'loading', depth: 1 });
    expect(new Set(rows.map((row) => row?.key)).size).toBe(rows.length);

    tree.setExpanded(accounts, false);
    expect(rowsOf(tree)).toHaveLength(2);
  });

  it('stay open and as long as they were in another version, with the old rows until then', async () => {
    const { ask } = createAsked();
    const tree = createStateTree(ask, 1);
    await settled();
    tree.setExpanded(accounts, true);
    await settled();
    readOn(tree);
    readOn(tree);
    await settled();
    readOn(tree);
    await settled();
    expect(rowsOf(tree)).toHaveLength(2 + 250);
    tree.show(7);
    expect(rowsOf(tree)).toHaveLength(2 + 250);
    await settled();
    expect(rowsOf(tree)).toHaveLength(2 + 249);
  });

  it('leave out versions that came while one was read', async () => {
    const { ask, asked } = createAsked();
    const tree = createStateTree(ask, 1);
    for (const version of [2, 3, 4, 5]) tree.show(version);
    await settled();
    expect(asked.map(({ at }) => at)).toEqual([1, 5]);
  });

  it('say why they could not be read, and try again', async () => {
    const { ask, fail } = createAsked();
    const tree = createStateTree(ask, 1);
    await settled();
    fail(true);
    tree.setExpanded(accounts, true);
    await settled();
    expect(rowsOf(tree)[1]).toMatchObject({
      kind: 'fault',
      fault: { code: 'disconnected' },
    });
    fail(false);
    tree.refresh();
    await settled();
    expect(rowsOf(tree)).toHaveLength(2 + 100 + 1);
  });

  it('tell nobody after disposal', async () => {
    const { ask } = createAsked();
    const tree = createStateTree(ask, 1);
    let told = 0;
    tree.subscribe(() => told++);
    tree.dispose();
    await settled();
    expect(told).toBe(0);
  });
});
