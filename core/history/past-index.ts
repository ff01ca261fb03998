/**
 * The index of a branch's past: which receipts a term is true of. It is made as it is asked for, span by span, and kept in
 * the store beside the history, from which it can be made again at any time.
 *
 *   index/VERSION/LAYER/LINE/FIRST/END = segment of the receipts FIRST to END, without END, that a line has
 *
 * Spans are of {@link longestSpan} receipts, counted from 0; shorter where a line begins or another leaves it. What is not
 * full at the end of a branch stays in memory.
 */
import { type Result, assert, ok } from '../base/result';
import { type Storage, StorageError } from '../base/storage';
import type { Branch, RerunFault } from './branch';
import { type Segment, decodeSegment, encodeSegment, longestSpan } from './segment';
import { type TermsOf, receiptTerms, runTerms } from './terms';

/** What a receipt tells by itself, and what is known only by running its message again. */
export type Layer = 'receipts' | 'runs';

/** Receipts that follow one another on one line. */
export interface Span {
  readonly line: string;
  readonly first: number;
  readonly end: number;
}

export interface PastIndex {
  /** Of the first `length` receipts, in order. */
  spans(length: number): readonly Span[];
  /** In steps of one receipt. A fault when a message ran otherwise than the first time. */
  segment(layer: Layer, span: Span): Generator<void, Result<Segment, RerunFault>, undefined>;
  /** Keeps in the store what was made since the last time. */
  keep(): void;
}

/** `isKept` says whether the store may be written to. */
export function createPastIndex(branch: Branch, storage: Storage, isKept: boolean): PastIndex {
  const known = new Map<string, Segment>();
  const growing = new Map<string, Growing>();
  let unkept: (readonly [string, Uint8Array])[] = [];

  function stored(layer: Layer, span: Span): Segment | undefined {
    const [entry] = storage.entries(spanKey(layer, span), spanKey(layer, { ...span, end: farthest }));
    return entry && decodeSegment(entry[1], storage.hashOf);
  }

  function remember(name: string, segment: Segment): Segment {
    known.set(name, segment);
    const oldest = known.keys().next();
    if (known.size > mostKnown && oldest.done !== true) known.delete(oldest.value);
    return segment;
  }

  function* grow(layer: Layer, span: Span): Generator<void, Result<Growing, RerunFault>, undefined> {
    const name = `${layer} ${span.line} ${span.first}`;
    const part = growing.get(name) ?? { placesByTerm: new Map(), end: span.first };
    growing.set(name, part);
    while (part.end < span.end) {
      const receipt = branch.receipt(part.end);
      assert(receipt !== undefined, 'a span is of receipts that are there');
      const terms = termsByLayer[layer]({ branch, blocks: storage }, receipt);
      if (!terms.ok) return terms;
      for (const term of terms.value) addPlace(part.placesByTerm, term, part.end - span.first);
      part.end++;
      // Whoever else asks meanwhile goes on with the same part.
      yield;
    }
    if (isFull(span)) growing.delete(name);
    return ok(part);
  }

  function keep(): void {
    const entries = unkept;
    unkept = [];
    if (!isKept || entries.length === 0) return;
    try {
      storage.write({ blocks: [], entries: [...outdated(storage), ...entries] });
    } catch (error) {
      // A full disk is no reason not to answer: what couldn't be kept is made again.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  const isFull = ({ line, end }: Span): boolean =>
    end % longestSpan === 0 || branch.lines.at(-1)?.id !== line;

  return {
    spans(length) {
      return branch.lines.flatMap(({ id, first }, place) =>
        spansBetween(id, first, Math.min(length, branch.lines[place + 1]?.first ?? length)),
      );
    },
    *segment(layer, span) {
      const name = spanKey(layer, span);
      const before = known.get(name) ?? (isFull(span) ? stored(layer, span) : undefined);
      if (before !== undefined) return ok(remember(name, before));
      const grown = yield* grow(layer, span);
      if (!grown.ok) return grown;
      const bytes = encodeSegment(grown.value.placesByTerm, storage.hashOf);
      if (isFull(span)) unkept.push([name, bytes]);
      if (unkept.length >= mostUnkept) keep();
      const segment = decodeSegment(bytes, storage.hashOf);
      assert(segment !== undefined, 'a segment is as it was written');
      return ok(remember(name, segment));
    },
    keep,
  };
}

/** A segment that isn't full yet. */
interface Growing {
  readonly placesByTerm: Map<string, number[]>;
  end: number;
}

const termsByLayer: Readonly<Record<Layer, TermsOf>> = { receipts: receiptTerms, runs: runTerms };

/** To be raised whenever the terms of a receipt or the form of a segment change. */
const version = 1;

const mostKnown = 512;
const mostUnkept = 16;

const farthest = 999_999_999_999;
const pad = (index: number): string => String(index).padStart(12, '0');

const spanKey = (layer: Layer, { line, first, end }: Span): string =>
  `index/${version}/${layer}/${line}/${pad(first)}/${pad(end)}`;

/** All that is kept of this version, and which receipts each is about. */
export function* indexEntries(
  storage: Storage,
): Generator<readonly [key: string, span: Pick<Span, 'line' | 'first'>], void, undefined> {
  const ours = `index/${version}/`;
  for (const [key] of storage.entries(ours, `${ours}\u{10ffff}`)) {
    const [, line = '', first = ''] = key.slice(ours.length).split('/');
    yield [key, { line, first: Number(first) }];
  }
}

/** How many of those that are kept are not as they were written. */
export function countDamagedSegments(storage: Storage): number {
  const ours = `index/${version}/`;
  let count = 0;
  for (const [, bytes] of storage.entries(ours, `${ours}\u{10ffff}`))
    if (decodeSegment(bytes, storage.hashOf) === undefined) count++;
  return count;
}

function spansBetween(line: string, start: number, end: number): readonly Span[] {
  const spans: Span[] = [];
  for (let first = start; first < end; first = spans.at(-1)?.end ?? end) {
    const next = (Math.floor(first / longestSpan) + 1) * longestSpan;
    spans.push({ line, first, end: Math.min(next, end) });
  }
  return spans;
}

function addPlace(placesByTerm: Map<string, number[]>, term: string, place: number): void {
  const places = placesByTerm.get(term);
  if (places === undefined) placesByTerm.set(term, [place]);
  else if (places.at(-1) !== place) places.push(place);
}

/** What other versions of the program have kept. */
function* outdated(storage: Storage): Generator<readonly [string, undefined], void, undefined> {
  const ours = `index/${version}/`;
  for (const [key] of storage.entries('index/', ours)) yield [key, undefined];
  for (const [key] of storage.entries(`${ours}\u{10ffff}`, 'index/\u{10ffff}')) yield [key, undefined];
}
