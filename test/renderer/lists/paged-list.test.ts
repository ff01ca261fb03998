import { describe, expect, it } from 'vitest';
import { fault } from '../../../core/base/fault';
import { err, ok } from '../../../core/base/result';
import { createPagedList } from '../../../renderer/lists/paged-list';
import { settled } from '../fake-host';

/** A list over numbers, of which the first `total` are there. */
function createNumbers(total: number, options: { capacity?: number; appendOnly?: boolean } = {}) {
  const source = { total, failing: false, from: 0 };
  const asked: number[] = [];
  const befores: number[] = [];
  const list = createPagedList<number>({
    ...options,
    async readPage({ start, count, before }) {
      asked.push(start / count);
      if (before !== undefined) befores.push(before);
      if (source.failing) return err(fault('gone', 'it is gone'));
      const rows = Math.max(0, Math.min(count, source.total - start));
      return ok({
        start,
        total: source.total,
        rows: Array.from({ length: rows }, (_, at) => source.from + start + at),
      });
    },
  });
  return { list, source, asked, befores };
}

describe('a paged list', () => {
  it('reads the pages that are looked at, each once', async () => {
    const { list, asked } = createNumbers(1000);
    list.want(0, 30);
    await settled();
    list.want(0, 30);
    list.want(195, 205);
    await settled();
    expect(asked).toEqual([0, 1, 2]);
    expect([list.total(), list.row(0), list.row(205), list.row(500)]).toEqual([1000, 0, 205, undefined]);
  });

  it('tells which row comes before a page, as far as it knows', async () => {
    const { list, source, befores } = createNumbers(1000);
    for (const first of [0, 150, 250, 700]) {
      list.want(first, first);
      await settled();
    }
    expect(befores).toEqual([99, 199]);
    source.from = 5000;
    list.refresh();
    await settled();
    expect(befores).toEqual([99, 199]);
  });

  it('lets go of the pages looked at longest ago', async () => {
    const { list } = createNumbers(1000, { capacity: 2 });
    for (const first of [0, 100, 200]) {
      list.want(first, first + 10);
      await settled();
    }
    expect([0, 100, 200].map((index) => list.row(index))).toEqual([undefined, 100, 200]);
  });

  it('does not wait for what is not looked at any more', async () => {
    const { list, asked } = createNumbers(1000);
    list.want(0, 1);
    await settled();
    list.want(300, 301);
    list.want(500, 501);
    await settled();
    expect(asked).toEqual([0, 3, 5]);
    expect([list.row(300), list.row(500)]).toEqual([undefined, 500]);
  });

  it('grows at its end, and reads the short last page again', async () => {
    const { list, source, asked } = createNumbers(150, { appendOnly: true });
    list.want(100, 149);
    await settled();
    source.total = 250;
    list.grow(250);
    expect([list.total(), list.row(120), list.row(180)]).toEqual([250, 120, undefined]);
    list.want(100, 210);
    await settled();
    expect([list.row(180), list.row(210)]).toEqual([180, 210]);
    list.want(100, 210);
    expect(asked).toEqual([1, 1, 2]);
  });

  it('keeps the rows it has until a refresh has brought new ones', async () => {
    const { list, source } = createNumbers(50);
    list.want(0, 20);
    await settled();
    source.from = 1000;
    source.total = 20;
    list.refresh();
    expect(list.row(3)).toBe(3);
    await settled();
    expect([list.row(3), list.total()]).toEqual([1003, 20]);
  });

  it('says why there is nothing, and asks again only when told', async () => {
    const { list, source, asked } = createNumbers(50);
    source.failing = true;
    list.want(0, 20);
    await settled();
    list.want(0, 20);
    await settled();
    expect([list.fault()?.code, asked.length]).toEqual(['gone', 1]);
    source.failing = false;
    list.refresh();
    await settled();
    expect([list.fault(), list.row(3)]).toEqual([null, 3]);
  });
});
