/** Ranges of keys, and how a walk leaves out what is outside of one without reading it. */
import { compareBytes } from '../base/bytes';
import { nibbleAt, sharedNibbles } from './nibbles';

/** All keys that hold to each of these. */
export interface KeyRange {
  /** They begin with it. */
  readonly prefix?: Uint8Array;
  /** They are not less. */
  readonly from?: Uint8Array;
  /** They are less. */
  readonly to?: Uint8Array;
}

/** The least key that is greater: where the page after the one that ended with `key` begins. */
export function keyAfter(key: Uint8Array): Uint8Array {
  const after = new Uint8Array(key.length + 1);
  after.set(key);
  return after;
}

/** `low <= key < high`; `null` for a bound that all keys in question hold to. */
export interface Bounds {
  readonly low: Uint8Array | null;
  readonly high: Uint8Array | null;
}

export const unbounded: Bounds = { low: null, high: null };

export function boundsOf({ prefix, from, to }: KeyRange): Bounds {
  const past = prefix === undefined ? undefined : keyPast(prefix);
  const isFromHigher = from !== undefined && (prefix === undefined || compareBytes(from, prefix) > 0);
  const isToLower = to !== undefined && (past === undefined || compareBytes(to, past) < 0);
  return { low: (isFromHigher ? from : prefix) ?? null, high: (isToLower ? to : past) ?? null };
}

/** What is left to check of the keys that begin with the first `depth` nibbles of `key`; `undefined` when all are out. */
export function narrow(bounds: Bounds, key: Uint8Array, depth: number): Bounds | undefined {
  const { low, high } = bounds;
  if (low === null && high === null) return bounds;
  const toLow = low === null ? 'above' : placeOf(key, depth, low);
  const toHigh = high === null ? 'below' : placeOf(key, depth, high);
  if (toLow === 'below' || toHigh === 'above') return undefined;
  return { low: toLow === 'above' ? null : low, high: toHigh === 'below' ? null : high };
}

/** The same for those of them, narrowed already, that go on with this nibble: tells it without having their node. */
export function narrowToNibble(bounds: Bounds, depth: number, nibble: number): Bounds | undefined {
  const { low, high } = bounds;
  if (low === null && high === null) return bounds;
  const overLow = low === null ? 1 : nibble - nibbleAt(low, depth);
  const overHigh = high === null ? -1 : nibble - nibbleAt(high, depth);
  if (overLow < 0 || overHigh > 0) return undefined;
  return { low: overLow > 0 ? null : low, high: overHigh < 0 ? null : high };
}

/** Where all keys that begin so are to a bound, which is itself above it; `across` when it has some on both sides. */
function placeOf(key: Uint8Array, depth: number, bound: Uint8Array): 'below' | 'across' | 'above' {
  const limit = Math.min(depth, bound.length << 1);
  const shared = sharedNibbles(key, bound, { from: 0, limit });
  if (shared < limit) return nibbleAt(key, shared) < nibbleAt(bound, shared) ? 'below' : 'above';
  return limit === depth && depth < bound.length << 1 ? 'across' : 'above';
}

/** The least key that is greater than all that begin with the prefix; `undefined` when there is none. */
function keyPast(prefix: Uint8Array): Uint8Array | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const past = prefix.slice(0, length);
  past[length - 1] = (past[length - 1] ?? 0) + 1;
  return past;
}
