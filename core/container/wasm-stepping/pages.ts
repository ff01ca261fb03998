/** A stretch of memory as it was at a moment, in pages that moments share when they are the same. */

export const pageBytes = 4096;
const pagesInGroup = 64;

/** The bytes of a page; `null` for one of zeros. */
type Page = Uint8Array | null;

/** Groups of pages, shared as pages are; both in order. */
export interface Pages {
  /** In bytes; the last page may be shorter than the others. */
  readonly length: number;
  readonly groups: readonly (readonly Page[])[];
}

export const noPages: Pages = { length: 0, groups: [] };

/** A stretch of the interpreter's memory. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
  /** Whether a page may differ from what it was in the pages that were kept or put back last. */
  isChanged(page: number): boolean;
}

export interface Kept {
  readonly pages: Pages;
  /** Bytes that had to be copied. */
  readonly copied: number;
}

/** Keeps a stretch as it is now. `before` is what was kept or put back last. */
export function keepPages(stretch: Stretch, before: Pages): Kept {
  const count = Math.ceil(stretch.length / pageBytes);
  let copied = 0;
  const groups: (readonly Page[])[] = [];
  for (let first = 0; first < count; first += pagesInGroup) {
    const size = Math.min(pagesInGroup, count - first);
    const known = before.groups[first / pagesInGroup];
    let group: Page[] | null = known?.length === size ? null : (known?.slice(0, size) ?? []);
    for (let place = 0; place < size; place++) {
      const page = first + place;
      if (known !== undefined && place < known.length && !stretch.isChanged(page)) continue;
      group ??= known?.slice() ?? [];
      group[place] = stretch.isChanged(page) ? copyPage(stretch, page) : null;
      copied += group[place]?.length ?? 0;
    }
    groups.push(group ?? known ?? []);
  }
  return { pages: { length: stretch.length, groups }, copied };
}

/** Makes a stretch what it was. `current` is what was kept or put back last. */
export function putBackPages(stretch: Stretch, pages: Pages, current: Pages): void {
  const { bytes, start, isChanged } = stretch;
  pages.groups.forEach((group, index) => {
    const known = current.groups[index];
    group.forEach((page, place) => {
      const number = index * pagesInGroup + place;
      if (known !== undefined && place < known.length && known[place] === page && !isChanged(number)) return;
      const at = start + number * pageBytes;
      if (page === null) bytes.fill(0, at, Math.min(at + pageBytes, start + pages.length));
      else bytes.set(page, at);
    });
  });
}

/** A copy of a part of what was kept; shorter where that ends. */
export function readPages({ length, groups }: Pages, address: number, count: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(count, length - address)));
  for (let at = 0; at < bytes.length;) {
    const number = Math.floor((address + at) / pageBytes);
    const within = (address + at) % pageBytes;
    const page = groups[Math.floor(number / pagesInGroup)]?.[number % pagesInGroup] ?? null;
    const part = page?.subarray(within, within + bytes.length - at);
    if (part !== undefined) bytes.set(part, at);
    at += pageBytes - within;
  }
  return bytes;
}

/** Bytes that pages take beside those that they share with others. */
export function bytesBeyond(pages: Pages, others: Pages): number {
  let bytes = 0;
  pages.groups.forEach((group, index) => {
    const known = others.groups[index];
    if (group === known) return;
    group.forEach((page, place) => {
      if (page !== known?.[place]) bytes += page?.length ?? 0;
    });
  });
  return bytes;
}

function copyPage({ bytes, start, length }: Stretch, page: number): Uint8Array {
  const at = start + page * pageBytes;
  return bytes.slice(at, Math.min(at + pageBytes, start + length));
}
