/**
 * CBOR looked over without being decoded, and without recursion: a decoder's own would end where the stack of its thread
 * does.
 */

/** Whether more than `most` lists, maps and tags stand in each other. What is malformed is for the decoder to say. */
export function nestsDeeper(bytes: Uint8Array, most: number): boolean {
  // Each level takes a byte.
  if (bytes.length <= most) return false;
  /** Items that each open one is still to have, the innermost last. */
  const awaited: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = bytes[at] ?? 0;
    const kind = head >> 5;
    const { value, size } = readArgument(bytes, at);
    at += 1 + size;
    if (kind === kinds.bytes || kind === kinds.text) at += value;
    const items = itemsOf(kind, value);
    if (items > 0) {
      awaited.push(items);
      if (awaited.length > most) return true;
    } else {
      closeItem(awaited);
    }
  }
  return false;
}

/**
 * Where the items of the list at `at` begin, and, last, where it ends; `undefined` when no list is there, or not all of it.
 * What is in the items is for the decoder to judge.
 */
export function listItems(bytes: Uint8Array, at: number): Uint32Array | undefined {
  if ((bytes[at] ?? 0) >> 5 !== kinds.list) return undefined;
  const { value: count, size } = readArgument(bytes, at);
  if (count > bytes.length) return undefined;
  const starts = new Uint32Array(count + 1);
  let end = at + 1 + size;
  for (let index = 0; index < count; index++) {
    starts[index] = end;
    end = itemEnd(bytes, end);
  }
  starts[count] = end;
  return end > bytes.length ? undefined : starts;
}

/** Past the end of the bytes when they end first. */
function itemEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  let awaited = 1;
  while (awaited > 0) {
    if (at >= bytes.length) return bytes.length + 1;
    const kind = (bytes[at] ?? 0) >> 5;
    const { value, size } = readArgument(bytes, at);
    at += 1 + size;
    if (kind === kinds.bytes || kind === kinds.text) at += value;
    awaited += itemsOf(kind, value) - 1;
  }
  return at;
}

const kinds = { bytes: 2, text: 3, list: 4, map: 5, tag: 6 } as const;

function itemsOf(kind: number, argument: number): number {
  if (kind === kinds.list) return argument;
  if (kind === kinds.map) return 2 * argument;
  return kind === kinds.tag ? 1 : 0;
}

/** Its last item closes what it is in, which is an item itself. */
function closeItem(awaited: number[]): void {
  for (let left = awaited.pop(); left !== undefined; left = awaited.pop()) {
    if (left === 1) continue;
    awaited.push(left - 1);
    return;
  }
}

/** The number in a head, and how many bytes it takes after the first. */
function readArgument(bytes: Uint8Array, at: number): { readonly value: number; readonly size: number } {
  const low = (bytes[at] ?? 0) & 31;
  if (low < 24 || low > 27) return { value: low < 24 ? low : 0, size: 0 };
  const size = 2 ** (low - 24);
  let value = 0;
  for (let index = 1; index <= size; index++) value = value * 0x100 + (bytes[at + index] ?? 0);
  return { value, size };
}
