import { describe, expect, it } from 'vitest';
import { bytesToText, textToBytes } from '../../../../core/base/bytes';
import { err, ok } from '../../../../core/base/result';
import type { StateRow } from '../../../../core/studio/protocol/world';
import { type StateQuestion, createStateLevels } from '../../../../renderer/panels/state/state-levels';
import { levelPrefix, stateRows } from '../../../../renderer/panels/state/state-rows';

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

const accounts = textToBytes('accounts/');

describe('the open levels of a state', () => {
  it('begin with the root, and are read in pages on request', async () => {
    const { ask } = createAsked();
    const levels = createStateLevels(ask, null);
    expect(stateRows(levels.snapshot())).toMatchObject([{ kind: 'loading' }]);
    await settled();
    expect(stateRows(levels.snapshot())).toMatchObject([
      { row: { name: 'accounts' }, expanded: false },
      { row: { name: 'total' }, expanded: null },
    ]);

    levels.open(levelPrefix(rowOf('', 'accounts', true)));
    await settled();
    levels.more(accounts);
    await settled();
    const rows = stateRows(levels.snapshot());
    expect(rows).toHaveLength(2 + 200 + 1);
    expect(rows[201]).toMatchObject({ kind: 'more', depth: 1 });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);

    levels.close(accounts);
    expect(stateRows(levels.snapshot())).toHaveLength(2);
  });

  it('stay open and as long as they were in another version, with the old rows until then', async () => {
    const { ask } = createAsked();
    const levels = createStateLevels(ask, 1);
    levels.open(accounts);
    await settled();
    levels.more(accounts);
    levels.more(accounts);
    await settled();
    levels.more(accounts);
    await settled();
    expect(stateRows(levels.snapshot())).toHaveLength(2 + 250);
    levels.show(7);
    expect(stateRows(levels.snapshot())).toHaveLength(2 + 250);
    await settled();
    expect(stateRows(levels.snapshot())).toHaveLength(2 + 249);
  });

  it('leave out versions that came while one was read', async () => {
    const { ask, asked } = createAsked();
    const levels = createStateLevels(ask, 1);
    for (const version of [2, 3, 4, 5]) levels.show(version);
    await settled();
    expect(asked.map(({ at }) => at)).toEqual([1, 5]);
  });

  it('say why they could not be read, and try again', async () => {
    const { ask, fail } = createAsked();
    const levels = createStateLevels(ask, 1);
    await settled();
    fail(true);
    levels.open(accounts);
    await settled();
    expect(stateRows(levels.snapshot())[1]).toMatchObject({
      kind: 'failed',
      fault: { code: 'disconnected' },
    });
    fail(false);
    levels.more(accounts);
    await settled();
    expect(stateRows(levels.snapshot())).toHaveLength(2 + 100 + 1);
  });

  it('tell nobody after disposal', async () => {
    const { ask } = createAsked();
    const levels = createStateLevels(ask, 1);
    let told = 0;
    levels.subscribe(() => told++);
    levels.dispose();
    await settled();
    expect(told).toBe(0);
  });
});
