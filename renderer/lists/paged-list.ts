/**
 * A long list that is read in pages, as far as somebody looks. It keeps the pages looked at last and asks for each only
 * once. Without a DOM: components show it by `VirtualList` and `usePagedList`.
 */
import type { Disposable } from '../../core/base/disposal';
import type { Fault } from '../../core/base/fault';
import type { Result } from '../../core/base/result';
import { type Page, pageSize } from '../../core/studio/protocol/declare';

export type ReadPage<Row> = (rows: WantedRows<Row>, signal: AbortSignal) => Promise<Result<Page<Row>, Fault>>;

export interface WantedRows<Row> {
  readonly start: number;
  readonly count: number;
  /** The row before the first of them, when it is at hand. */
  readonly before: Row | undefined;
}

export interface PagedList<Row> extends Disposable {
  /** How many rows there are, as last told; 0 until the first page has come. */
  total(): number;
  /** Whether any page has come yet. */
  known(): boolean;
  /** `undefined` while it is not there: `want` asks for it. */
  row(index: number): Row | undefined;
  /** The rows of all pages at hand, with their places. */
  rows(): Iterable<readonly [index: number, row: Row]>;
  /** Why a page could not be read. It is not asked for again before `refresh`. */
  fault(): Fault | null;
  /** Asks for the pages of these rows, both ends included, unless they are there or on their way. */
  want(first: number, last: number): void;
  /** There are more rows than before, at the end: what is there stays. */
  grow(total: number): void;
  /** Everything may be different: reads again what somebody looks at; until then the old rows stay. */
  refresh(): void;
  /** Told of each change; `revision` is another number after each. */
  subscribe(listener: () => void): () => void;
  revision(): number;
}

export interface PagedListOptions<Row> {
  readonly readPage: ReadPage<Row>;
  /** In a page; without it, as many as one answer holds at the most. */
  readonly pageRows?: number;
  /** The most pages that are kept. */
  readonly capacity?: number;
  /** Rows only ever come at the end, so that an answer with fewer than `grow` has told is merely an older one. */
  readonly appendOnly?: boolean;
}

export function createPagedList<Row>(options: PagedListOptions<Row>): PagedList<Row> {
  const { readPage, pageRows = pageSize, capacity = 50, appendOnly = false } = options;
  const listeners = new Set<() => void>();
  // In order of last use: the first is the next to go.
  const pages = new Map<number, PageAtHand<Row>>();
  const asked = new Map<number, AbortController>();
  const failed = new Set<number>();
  let total = 0;
  let known = false;
  let fault: Fault | null = null;
  let revision = 0;
  let wanted: readonly [number, number] = [0, 0];

  const changed = (): void => {
    revision++;
    for (const listener of listeners) listener();
  };

  const ask = async (page: number): Promise<void> => {
    const asking = new AbortController();
    asked.set(page, asking);
    const knownTotal = total;
    const start = page * pageRows;
    const previous = pages.get(page - 1);
    const before = previous?.stale === false ? previous.rows[pageRows - 1] : undefined;
    const answer = await readPage({ start, count: pageRows, before }, asking.signal);
    if (asked.get(page) !== asking) return;
    asked.delete(page);
    if (answer.ok) keep(page, answer.value, knownTotal);
    else {
      failed.add(page);
      fault = answer.error;
    }
    changed();
  };

  const keep = (page: number, { rows, total: told }: Page<Row>, knownTotal: number): void => {
    pages.delete(page);
    pages.set(page, { rows, stale: false, knownTotal: Math.max(knownTotal, told) });
    known = true;
    fault = null;
    total = appendOnly ? Math.max(told, total) : told;
    for (const at of pages.keys()) {
      if (at * pageRows >= total && at > 0) pages.delete(at);
    }
    const [first, last] = wanted;
    for (const at of pages.keys()) {
      if (pages.size <= capacity) break;
      if (at < first || at > last) pages.delete(at);
    }
  };

  /** Whether a page has to be asked for: it isn't there, or rows have come since at its end. */
  const isMissing = (page: number): boolean => {
    const atHand = pages.get(page);
    if (atHand === undefined || atHand.stale) return true;
    return atHand.rows.length < pageRows && atHand.knownTotal < total;
  };

  const want = (first: number, last: number): void => {
    wanted = [Math.floor(Math.max(first, 0) / pageRows), Math.floor(Math.max(last, 0) / pageRows)];
    for (const [page, asking] of asked) {
      if (page >= wanted[0] && page <= wanted[1]) continue;
      asking.abort();
      asked.delete(page);
    }
    for (let page = wanted[0]; page <= wanted[1]; page++) {
      const atHand = pages.get(page);
      if (atHand !== undefined) {
        pages.delete(page);
        pages.set(page, atHand);
      }
      if (known && page > 0 && page * pageRows >= total) break;
      if (isMissing(page) && !asked.has(page) && !failed.has(page)) void ask(page);
    }
  };

  return {
    total: () => total,
    known: () => known,
    row: (index) => pages.get(Math.floor(index / pageRows))?.rows[index % pageRows],
    *rows() {
      for (const [page, { rows }] of pages) {
        for (const [at, row] of rows.entries()) yield [page * pageRows + at, row] as const;
      }
    },
    fault: () => fault,
    want,
    grow(next) {
      if (next === total) return;
      total = next;
      known = true;
      changed();
    },
    refresh() {
      for (const asking of asked.values()) asking.abort();
      asked.clear();
      failed.clear();
      for (const [page, atHand] of pages) pages.set(page, { ...atHand, stale: true });
      const [first, last] = wanted;
      want(first * pageRows, last * pageRows);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    dispose() {
      for (const asking of asked.values()) asking.abort();
      asked.clear();
      listeners.clear();
    },
  };
}

interface PageAtHand<Row> {
  readonly rows: readonly Row[];
  /** It was read before the last `refresh`. */
  readonly stale: boolean;
  /** The rows in all that were known of when it was read: a short page is asked for again once there are more. */
  readonly knownTotal: number;
}
