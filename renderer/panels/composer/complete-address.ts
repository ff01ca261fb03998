/** What an address that is being typed can become. Children come in pages in the order of their names. */
import type { Fault } from '../../../core/base/fault';
import { type Result, ok } from '../../../core/base/result';
import type { Page } from '../../../core/studio/protocol/declare';
import type { KernelRow } from '../../../core/studio/protocol/world';
import { completionOf } from './address-text';

export type ReadChildren = (
  parent: string,
  start: number,
  count: number,
) => Promise<Result<Page<KernelRow>, Fault>>;

export const suggestionCount = 20;

/** The first few children whose names begin as the text ends, found without reading those before them. */
export async function completeAddress(
  text: string,
  readChildren: ReadChildren,
): Promise<Result<readonly KernelRow[], Fault>> {
  const { parent, start } = completionOf(text);
  const first = await firstAtOrAfter(start, (at) => readChildren(parent, at, 1));
  if (!first.ok) return first;
  const page = await readChildren(parent, first.value, suggestionCount);
  if (!page.ok) return page;
  return ok(page.value.rows.filter(({ name }) => name.startsWith(start)));
}

/** The place of the first name that is not before `start`, by halving. */
async function firstAtOrAfter(
  start: string,
  readOne: (at: number) => Promise<Result<Page<KernelRow>, Fault>>,
): Promise<Result<number, Fault>> {
  if (start === '') return ok(0);
  let low = 0;
  let high: number | null = null;
  while (high === null || low < high) {
    const middle: number = high === null ? 0 : Math.floor((low + high) / 2);
    const one = await readOne(middle);
    if (!one.ok) return one;
    high ??= one.value.total;
    const name = one.value.rows[0]?.name;
    if (name === undefined || name >= start) high = Math.min(high, middle);
    else low = middle + 1;
  }
  return ok(low);
}
