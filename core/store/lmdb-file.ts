/**
 * A look at LMDB's file before LMDB maps it into memory: on a file that is cut off or isn't its own it doesn't fail,
 * it takes the process down.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/**
 * Says what is wrong with the file at `path`, if anything is. A file that isn't there is fine. With `mend`, which is for
 * the only process that has it open, free pages that are missing at the end are put back.
 */
export function findDamage(path: string, mend: boolean): string | undefined {
  let file: number;
  try {
    file = openSync(path, mend ? 'r+' : 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    if (size === 0) return mend ? undefined : 'it is empty';
    const first = readMeta(file, 0);
    const second = first && readMeta(file, first.pageSize);
    if (first === undefined || second === undefined) return 'it does not begin as an LMDB file does';
    const end = (Math.max(first.lastPage, second.lastPage) + 1) * first.pageSize;
    // Pages at the end may rightly be missing when they are free. Empty ones in their place can be looked at: they
    // do no harm when free, and are noticed as damage when not.
    if (size >= end) return undefined;
    if (!mend) return 'its end is missing';
    ftruncateSync(file, end);
    return undefined;
  } finally {
    closeSync(file);
  }
}

interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
}

/** Offsets in LMDB's two first pages, each of which tells what the last or the last but one transaction wrote. */
const metaOffsets = { magic: 24, pageSize: 48, lastPage: 144, end: 160 } as const;

function readMeta(file: number, offset: number): Meta | undefined {
  const bytes = new Uint8Array(metaOffsets.end);
  if (readSync(file, bytes, 0, bytes.length, offset) < bytes.length) return undefined;
  const view = new DataView(bytes.buffer);
  const pageSize = view.getUint32(metaOffsets.pageSize, true);
  const lastPage = Number(view.getBigUint64(metaOffsets.lastPage, true));
  const isMeta = view.getUint32(metaOffsets.magic, true) === 0xbeefc0de;
  const isPageSize = pageSize >= 256 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  return isMeta && isPageSize && lastPage < 2 ** 40 ? { pageSize, lastPage } : undefined;
}
