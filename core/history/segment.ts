/**
 * What the index says of a span of receipts: for each term, such as "calls `transfer`", which of them it is true of.
 * An index is made of the history and never read by it: whatever is wrong with one, it is made again.
 *
 *   segment = checksum, u32 textLength, u32 count, count * (u32 textEnd, u32 listEnd), text, lists
 *             checksum: SHA-256 of all that follows; text: the terms one after the other, in UTF-8, in the order of their
 *             UTF-16 units, in which each textEnd counts; lists: u16 each, receipts counted from the first of the span
 */
import { bytesEqual, bytesToText, textToBytes } from '../base/bytes';
import type { HashFunction } from '../base/hash';

/** The most receipts of one segment. */
export const longestSpan = 1024;

/** One term, or all that begin so. `maybe` is for those that don't tell enough: each receipt they give has to be looked at. */
export interface TermRange {
  readonly term: string;
  readonly isPrefix: boolean;
  readonly maybe: boolean;
}

/** What is known of a receipt. Of two things asked at once, the lesser that isn't 0 holds. */
export const verdict = { no: 0, maybe: 1, yes: 2 } as const;

/** For each receipt of a span, its {@link verdict}. */
export type Verdicts = Uint8Array;

export interface Segment {
  /** Raises the verdicts of receipts that one of the ranges speaks of. */
  mark(ranges: readonly TermRange[], verdicts: Verdicts): void;
}

/** The same terms always give the same bytes. */
export function encodeSegment(
  placesByTerm: ReadonlyMap<string, readonly number[]>,
  hashOf: HashFunction,
): Uint8Array {
  const terms = [...placesByTerm.keys()].toSorted();
  const text = textToBytes(terms.join(''));
  const total = terms.reduce((sum, term) => sum + (placesByTerm.get(term)?.length ?? 0), 0);
  const bytes = new Uint8Array(checksumSize + 8 + 8 * terms.length + text.length + 2 * total);
  const view = new DataView(bytes.buffer);
  const listsAt = checksumSize + 8 + 8 * terms.length + text.length;
  view.setUint32(checksumSize, text.length);
  view.setUint32(checksumSize + 4, terms.length);
  let textEnd = 0;
  let listEnd = 0;
  terms.forEach((term, index) => {
    textEnd += term.length;
    for (const place of placesByTerm.get(term) ?? []) view.setUint16(listsAt + 2 * listEnd++, place);
    view.setUint32(checksumSize + 8 + 8 * index, textEnd);
    view.setUint32(checksumSize + 12 + 8 * index, listEnd);
  });
  bytes.set(text, listsAt - text.length);
  bytes.set(hashOf(bytes.subarray(checksumSize)));
  return bytes;
}

/** `undefined` for bytes that are not as they were written. */
export function decodeSegment(bytes: Uint8Array, hashOf: HashFunction): Segment | undefined {
  if (bytes.length < checksumSize + 8) return undefined;
  if (!bytesEqual(hashOf(bytes.subarray(checksumSize)), bytes.subarray(0, checksumSize))) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textLength = view.getUint32(checksumSize);
  const count = view.getUint32(checksumSize + 4);
  const endsAt = checksumSize + 8;
  const listsAt = endsAt + 8 * count + textLength;
  const text = bytesToText(bytes.subarray(listsAt - textLength, listsAt));
  const textEnd = (index: number): number => (index < 0 ? 0 : view.getUint32(endsAt + 8 * index));
  const listEnd = (index: number): number => (index < 0 ? 0 : view.getUint32(endsAt + 8 * index + 4));
  const termAt = (index: number): string => text.slice(textEnd(index - 1), textEnd(index));

  /** The first term that is not less. */
  function place(term: string): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (termAt(middle) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    mark(ranges, verdicts) {
      for (const { term, isPrefix, maybe } of ranges) {
        const value = maybe ? verdict.maybe : verdict.yes;
        for (let index = place(term); index < count; index++) {
          const found = termAt(index);
          if (isPrefix ? !found.startsWith(term) : found !== term) break;
          for (let at = listEnd(index - 1); at < listEnd(index); at++) {
            const receipt = view.getUint16(listsAt + 2 * at);
            if ((verdicts[receipt] ?? 0) < value) verdicts[receipt] = value;
          }
        }
      }
    },
  };
}

const checksumSize = 32;
