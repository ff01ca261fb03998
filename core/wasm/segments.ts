/** What an instance begins with: globals, and the segments that are put into tables and memory. */
import { evaluate } from './constants';
import type { WasmModule } from './module';

/** Values by their bits. Of a module that is known to be valid and imports functions only. */
export interface FirstValues {
  readonly globals: readonly bigint[];
  readonly elements: readonly FirstSegment<readonly bigint[]>[];
  readonly data: readonly FirstSegment<Uint8Array>[];
}

export interface FirstSegment<Content> {
  readonly content: Content;
  /** Where it is put; `null` when it isn't. */
  readonly at: { readonly table: number; readonly offset: number } | null;
  /** Whether instructions may use it later. */
  readonly stays: boolean;
}

export function firstValues(module: WasmModule): FirstValues {
  return {
    globals: module.globals.map(({ value }) => evaluate(value)),
    elements: module.elements.map(({ mode, table, offset, items }) => ({
      content: items.map((item) => evaluate(item)),
      at: offset === null ? null : { table, offset: Number(evaluate(offset)) },
      stays: mode === 'passive',
    })),
    data: module.data.map(({ offset, bytes }) => ({
      content: bytes,
      at: offset === null ? null : { table: 0, offset: Number(evaluate(offset)) },
      stays: offset === null,
    })),
  };
}

const pageSize = 2 ** 16;

/** The first segment that goes beyond the end of what it is put into; no instance can be made then. */
export interface Misfit {
  readonly into: 'table' | 'memory';
  readonly words: string;
}

export function findMisfit(module: WasmModule, { elements, data }: FirstValues): Misfit | null {
  const table = describeMisfit(elements, 'element', ({ table: index }) => module.tables[index]?.initial ?? 0);
  if (table !== null) return { into: 'table', words: table };
  const memory = describeMisfit(data, 'data', () => (module.memories[0]?.initial ?? 0) * pageSize);
  return memory === null ? null : { into: 'memory', words: memory };
}

type Place = NonNullable<FirstSegment<unknown>['at']>;

function describeMisfit(
  segments: readonly FirstSegment<ArrayLike<unknown>>[],
  name: string,
  sizeOf: (at: Place) => number,
): string | null {
  for (const [index, { content, at }] of segments.entries()) {
    if (at === null || at.offset + content.length <= sizeOf(at)) continue;
    const target = name === 'data' ? 'the memory' : `table ${at.table}`;
    return `${name} segment ${index} puts ${content.length} at ${at.offset}, and ${target} has ${sizeOf(at)}`;
  }
  return null;
}
