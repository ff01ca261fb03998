/** Writes batches until it is killed, and prints the number of each once it is told that it is durable. */
import { writeSync } from 'node:fs';
import { textToBytes } from '../../../core/base/bytes';
import { type Hash, hashOf } from '../../../core/base/hash';
import type { Batch } from '../../../core/base/storage';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';

const blocksInBatch = 700;

export const batchKey = (number: number): string => `batch/${String(number).padStart(8, '0')}`;

/** The blocks of one batch; the entry tells which they are. */
export function batchOf(number: number): Batch & { readonly hashes: readonly Hash[] } {
  const blocks = Array.from({ length: blocksInBatch }, (_, index) => {
    const block = textToBytes(`block ${index} of batch ${number}`);
    return [hashOf(block), block] as const;
  });
  return {
    blocks,
    entries: [[batchKey(number), textToBytes(String(number))]],
    hashes: blocks.map(([hash]) => hash),
  };
}

export function writeForever(folder: string, first: number): void {
  const opened = openLmdbStorage(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  for (let number = first; ; number++) {
    opened.value.write(batchOf(number));
    writeSync(1, `${number}\n`);
  }
}
