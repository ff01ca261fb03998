/** Questions to the past of a branch: which receipts were from here, went there, failed so, changed or read this. */
import { bytesEqual, concatBytes, textToBytes } from '../base/bytes';
import { type Result, ok } from '../base/result';
import type { Address } from '../environment/address';
import type { Outcome } from '../environment/outcome';
import type { Receipt } from '../kernel/receipt';
import { diffTrees } from '../state/diff';
import type { RerunFault } from './branch';
import type { Layer, PastIndex, Span } from './past-index';
import { type TermRange, type Verdicts, longestSpan, verdict } from './segment';
import { type TermSource, belowAddress, entryTerm, keyRead, statesAround } from './terms';

/** A part of the world's state. */
export type StatePath =
  /** All of a kernel's; with `below`, that of all kernels below it, too. */
  | { readonly kernel: Address; readonly below: boolean }
  /** One entry; or with `level` also those below it, whose keys go on with a `/`; or all whose keys begin so. */
  | { readonly kernel: Address; readonly key: Uint8Array; readonly match: 'key' | 'level' | 'prefix' };

/** Holds for receipts that hold to each member. */
export interface ReceiptFilter {
  /** `null`: signals. */
  readonly from?: Address | null | undefined;
  readonly to?: Address | undefined;
  readonly method?: string | undefined;
  readonly outcome?: Outcome['kind'] | undefined;
  /** `kernel.time` was called. Found out by running messages again, as is what was read. */
  readonly uses?: string | undefined;
  /** Changed something there. */
  readonly wrote?: StatePath | undefined;
  /** Looked at something there, be it only to find nothing. */
  readonly read?: StatePath | undefined;
  /** Either of both. */
  readonly touched?: StatePath | undefined;
}

export interface ReceiptQuery {
  readonly filter: ReceiptFilter;
  readonly order: 'newest' | 'oldest';
  /** The first receipt to look at; `null` begins at the end that comes first. */
  readonly from: number | null;
  readonly count: number;
  /** After making the index of so many receipts it answers with what it has, at the end of a span. */
  readonly effort: number;
}

export interface FoundReceipts {
  readonly receipts: readonly Receipt[];
  /** Where to go on; `null` when there are no more. */
  readonly next: number | null;
}

/**
 * Looks no farther than it has to, and makes what the index lacks on the way. In steps of one receipt. Throws a `DamagedBlock` or
 * a `MissingBlock` where the past can't be read.
 */
export function* findReceipts(
  index: PastIndex,
  source: TermSource,
  query: ReceiptQuery,
): Generator<void, Result<FoundReceipts, RerunFault>, undefined> {
  const { filter, order, count, effort } = query;
  const { branch } = source;
  const { length } = branch;
  const isNewest = order === 'newest';
  const start = query.from ?? (isNewest ? length - 1 : 0);
  const conditions = conditionsOf(filter);
  const spans = index.spans(length).filter(({ first, end }) => (isNewest ? first <= start : end > start));
  const found: Receipt[] = [];
  let made = 0;
  try {
    for (const span of isNewest ? spans.toReversed() : spans) {
      if (made >= effort) return ok({ receipts: found, next: isNewest ? span.end - 1 : span.first });
      const judging = judge(index, span, conditions);
      let judged = judging.next();
      for (; judged.done !== true; judged = judging.next()) {
        made++;
        yield;
      }
      const verdicts = judged.value;
      if (!verdicts.ok) return verdicts;
      for (const place of placesIn(span, verdicts.value, { start, isNewest })) {
        const receipt = branch.receipt(place);
        if (receipt === undefined) continue;
        if (verdicts.value[place - span.first] === verdict.maybe) {
          yield;
          const holds = check(source, receipt, conditions);
          if (!holds.ok) return holds;
          if (!holds.value) continue;
        }
        if (found.length === count) return ok({ receipts: found, next: place });
        found.push(receipt);
      }
    }
    return ok({ receipts: found, next: null });
  } finally {
    index.keep();
  }
}

/** What an entry of a state held before and after a receipt. */
export function valuesAround(
  source: TermSource,
  receipt: Receipt,
  { kernel, key }: { readonly kernel: Address; readonly key: Uint8Array },
): { readonly before: Uint8Array | undefined; readonly after: Uint8Array | undefined } {
  const { before, after } = statesAround(source, receipt, kernel);
  return { before: before.get(key), after: after.get(key) };
}

/** What one member of a filter asks: that one of these ranges has the receipt, and where only maybe, that it holds. */
interface Condition {
  readonly ranges: Readonly<Partial<Record<Layer, readonly TermRange[]>>>;
  readonly holds: (source: TermSource, receipt: Receipt) => Result<boolean, RerunFault>;
}

const always = (): Result<boolean, never> => ok(true);

function conditionsOf(filter: ReceiptFilter): readonly Condition[] {
  const { from, to, method, outcome, uses, wrote, read, touched } = filter;
  const term = (layer: Layer, text: string): Condition => ({
    ranges: { [layer]: [exactly(text)] },
    holds: always,
  });
  const conditions = [
    from !== undefined && term('receipts', from === null ? 's' : `f${from}`),
    to !== undefined && term('receipts', `t${to}`),
    method !== undefined && term('receipts', `m${method}`),
    outcome !== undefined && term('receipts', `o${outcome}`),
    wrote !== undefined && writing(wrote),
    uses !== undefined && term('runs', `i${uses}`),
    read !== undefined && reading(read),
    touched !== undefined && either(writing(touched), reading(touched)),
  ];
  return conditions.filter((condition) => condition !== false);
}

const writing = (path: StatePath): Condition => ({
  ranges: { receipts: pathRanges(path, 'w', 'k') },
  holds: (source, receipt) => ok(isChanged(source, receipt, path)),
});

const reading = (path: StatePath): Condition => ({
  ranges: { runs: pathRanges(path, 'r', 'a') },
  holds: (source, receipt) => isRead(source, receipt, path),
});

const either = (left: Condition, right: Condition): Condition => ({
  ranges: { ...left.ranges, ...right.ranges },
  holds(source, receipt) {
    const holds = left.holds(source, receipt);
    return !holds.ok || holds.value ? holds : right.holds(source, receipt);
  },
});

const exactly = (term: string): TermRange => ({ term, isPrefix: false, maybe: false });
const beginning = (term: string): TermRange => ({ term, isPrefix: true, maybe: false });

/** `one` is the kind of terms for single entries, `many` that for whole kernels. */
function pathRanges(path: StatePath, one: 'w' | 'r', many: 'k' | 'a'): readonly TermRange[] {
  const { kernel } = path;
  const all = `${many}${kernel}`;
  if (!('key' in path)) {
    const own = [exactly(all), beginning(`${one}${kernel}\0`)];
    const below = [one, many].map((kind) => beginning(`${kind}${belowAddress(kernel)}`));
    return path.below ? [...own, ...below] : own;
  }
  const entry = entryTerm(one, kernel, path.key);
  const maybe = { term: all, isPrefix: false, maybe: true };
  if (path.match === 'prefix') return [beginning(entry), maybe];
  return [exactly(entry), ...(path.match === 'level' ? [beginning(`${entry}/`)] : []), maybe];
}

/** Of each receipt of a span. A layer is not asked when the others say no to all. */
function* judge(
  index: PastIndex,
  span: Span,
  conditions: readonly Condition[],
): Generator<void, Result<Verdicts, RerunFault>, undefined> {
  const verdicts = new Uint8Array(longestSpan).fill(verdict.yes);
  const easyFirst = conditions.toSorted(
    (left, right) => Number('runs' in left.ranges) - Number('runs' in right.ranges),
  );
  for (const { ranges } of easyFirst) {
    if (!verdicts.some((value) => value !== verdict.no)) break;
    const own = new Uint8Array(longestSpan);
    for (const layer of ['receipts', 'runs'] as const) {
      const asked = ranges[layer];
      if (asked === undefined) continue;
      const segment = yield* index.segment(layer, span);
      if (!segment.ok) return segment;
      segment.value.mark(asked, own);
    }
    own.forEach((value, place) => {
      if (value < (verdicts[place] ?? 0)) verdicts[place] = value;
    });
  }
  return ok(verdicts);
}

function check(
  source: TermSource,
  receipt: Receipt,
  conditions: readonly Condition[],
): Result<boolean, RerunFault> {
  for (const { holds } of conditions) {
    const held = holds(source, receipt);
    if (!held.ok || !held.value) return held;
  }
  return ok(true);
}

/** Indexes of the receipts that may hold, in the order that is asked for. */
function* placesIn(
  { first, end }: Span,
  verdicts: Verdicts,
  { start, isNewest }: { readonly start: number; readonly isNewest: boolean },
): Generator<number, void, undefined> {
  const low = isNewest ? first : Math.max(first, start);
  const high = isNewest ? Math.min(end - 1, start) : end - 1;
  for (let step = 0; step <= high - low; step++) {
    const place = isNewest ? high - step : low + step;
    if (verdicts[place - first] !== verdict.no) yield place;
  }
}

function isChanged(source: TermSource, receipt: Receipt, path: StatePath): boolean {
  if (!('key' in path)) return true;
  const { before, after } = statesAround(source, receipt, path.kernel);
  const isOther = (prefix: Uint8Array): boolean => diffTrees(before, after, { prefix }).next().done !== true;
  if (path.match === 'prefix') return isOther(path.key);
  return (
    !valuesEqual(before.get(path.key), after.get(path.key)) ||
    (path.match === 'level' && isOther(concatBytes([path.key, slash])))
  );
}

const slash = textToBytes('/');

const valuesEqual = (left: Uint8Array | undefined, right: Uint8Array | undefined): boolean =>
  left === undefined || right === undefined ? left === right : bytesEqual(left, right);

function isRead({ branch }: TermSource, { index }: Receipt, path: StatePath): Result<boolean, RerunFault> {
  if (!('key' in path)) return ok(true);
  const { match } = path;
  const wanted = match === 'level' ? [path.key, concatBytes([path.key, slash])] : [path.key];
  const isWanted = (key: Uint8Array): boolean =>
    wanted.some((prefix, place) => {
      const isWhole = match === 'key' || (match === 'level' && place === 0);
      return bytesEqual(isWhole ? key : key.subarray(0, prefix.length), prefix);
    });
  let isFound = false;
  const rerun = branch.rerun(index, {
    onImport(call) {
      const key = keyRead(call);
      if (key !== null && isWanted(key)) isFound = true;
    },
    onTrap: () => undefined,
  });
  return rerun.ok ? ok(isFound) : rerun;
}
