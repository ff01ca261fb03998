/** What a search looks for, and whether bytes of a state hold it. */
import { textToBytes } from '../base/bytes';
import { type Value, decodeValue, isLink, isValueMap } from '../base/value';

/**
 * Bytes and text are found wherever they stand in a key or value, a number where a value holds it: as a whole, or within
 * its lists and maps.
 */
export type SearchTerm =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number | bigint };

export interface SearchPlaces {
  readonly keys: boolean;
  readonly values: boolean;
}

export interface Matcher {
  inKey(key: Uint8Array): boolean;
  inValue(value: Uint8Array): boolean;
}

export function createMatcher(term: SearchTerm, places: SearchPlaces): Matcher {
  const never = (): boolean => false;
  if (term.kind === 'number') {
    const number = asDecoded(term.number);
    return { inKey: never, inValue: places.values ? (value) => holdsNumber(value, number) : never };
  }
  const part = term.kind === 'text' ? textToBytes(term.text) : term.bytes;
  const holds = (bytes: Uint8Array): boolean => holdsBytes(bytes, part);
  return { inKey: places.keys ? holds : never, inValue: places.values ? holds : never };
}

/** An integer that is safe is a `number` in a value, however it was asked for. */
const asDecoded = (number: number | bigint): number | bigint =>
  Number.isSafeInteger(Number(number)) ? Number(number) : number;

function holdsBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  const [first] = part;
  if (first === undefined) return true;
  const last = bytes.length - part.length;
  for (let at = bytes.indexOf(first); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < part.length && bytes[at + same] === part[same]) same++;
    if (same === part.length) return true;
  }
  return false;
}

function holdsNumber(bytes: Uint8Array, number: number | bigint): boolean {
  const decoded = decodeValue(bytes);
  return decoded.ok && contains(decoded.value, number);
}

function contains(value: Value, number: number | bigint): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return value === number;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || isLink(value))
    return false;
  const items: readonly Value[] = isValueMap(value) ? Object.values(value) : value;
  return items.some((item) => contains(item, number));
}
