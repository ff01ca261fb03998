/** What a state tree is compared with: a plain map, and blocks that count how often they are read. */
import fc from 'fast-check';
import type { Hash } from '../../../core/base/hash';
import type { BlockReader } from '../../../core/base/storage';
import type { StateTree, StateWrite } from '../../../core/state/tree';

/** Short keys over few bytes, so that they are often equal, or one begins with the other; and some long ones. */
export const keys = fc.oneof(
  fc
    .array(fc.constantFrom(0, 1, 16, 17, 0x2f, 0x30), { minLength: 1, maxLength: 4 })
    .map((row) => Uint8Array.from(row)),
  fc.uint8Array({ minLength: 1, maxLength: 3 }),
  fc.uint8Array({ minLength: 30, maxLength: 34 }),
);

const values = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.integer({ min: 1020, max: 1030 }).map((length) => new Uint8Array(length).fill(length)),
);

export const writeLists = fc.array(fc.tuple(keys, fc.option(values, { nil: undefined })), {
  maxLength: 80,
  size: 'max',
});

/** Keys and values in hexadecimal, which test runners compare fast. */
export type Model = readonly (readonly [key: string, value: string])[];

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** A range, and whether a key in hexadecimal is in it. */
export const ranges = fc
  .record(
    {
      prefix: fc.oneof(
        keys,
        keys.map((key) => key.subarray(0, 1)),
        fc.constant(new Uint8Array()),
      ),
      from: keys,
      to: keys,
    },
    { requiredKeys: [] },
  )
  .map((range) => ({
    range,
    holds: (key: string): boolean =>
      key.startsWith(hex(range.prefix ?? new Uint8Array())) &&
      (range.from === undefined || key >= hex(range.from)) &&
      (range.to === undefined || key < hex(range.to)),
  }));

/** In order of the keys. */
export function modelOf(writes: readonly StateWrite[]): Model {
  const model = new Map<string, string>();
  for (const [key, value] of writes) {
    if (value === undefined) model.delete(hex(key));
    else model.set(hex(key), hex(value));
  }
  return [...model].sort(([left], [right]) => (left < right ? -1 : 1));
}

export function entriesOf(tree: StateTree): Model {
  const entries: [string, string][] = [];
  for (let at = tree.next(null); at !== undefined; at = tree.next(at.key)) {
    entries.push([hex(at.key), hex(at.value)]);
  }
  return entries;
}

export interface CountingBlocks extends BlockReader {
  readonly byHash: Map<string, Uint8Array>;
  reads: number;
}

export function createBlocks(): CountingBlocks {
  const byHash = new Map<string, Uint8Array>();
  return {
    byHash,
    reads: 0,
    block(hash) {
      this.reads++;
      return byHash.get(hex(hash));
    },
  };
}

export const save = (tree: StateTree, { byHash }: CountingBlocks): Hash =>
  tree.hash((hash, block) => byHash.set(hex(hash), block));

/** Writes that depend on `seed` alone. */
export function manyWrites(count: number, seed = 0): StateWrite[] {
  let state = seed + 1;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16;
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => next() & 0xff);
  return Array.from({ length: count }, () => [bytes(32), bytes(32)]);
}
