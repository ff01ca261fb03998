/** A page of a search through states: what one answer to `state.search` holds. */
import type { Address } from '../../environment/address';
import { type EntryPlace, worldEntries } from '../../kernel/world-entries';
import type { WorldView } from '../../kernel/world-view';
import { createMatcher } from '../../state/search-term';
import type { Params, Returns } from '../protocol/declare';
import type { stateProtocol } from '../protocol/state';
import { keyToText } from './state-changes';
import { dataToWire } from './wire-values';

type Page = Returns<typeof stateProtocol, 'state.search'>;

/** The most entries that one answer looks at. */
const mostLooked = 20_000;

/** One step looks at one entry. */
export function* searchPage(
  world: WorldView,
  asked: Omit<Params<typeof stateProtocol, 'state.search'>, 'kernel' | 'at' | 'after'> & {
    readonly address: Address;
    readonly after: EntryPlace | null;
  },
): Generator<void, Page, undefined> {
  const { after, term, count } = asked;
  const matcher = createMatcher(term, asked);
  const rows: Page['rows'] = [];
  let looked = 0;
  for (const { address, key, value } of worldEntries(world, asked, after)) {
    looked++;
    const inKey = matcher.inKey(key);
    const inValue = matcher.inValue(value);
    if (inKey || inValue) {
      rows.push({
        kernel: address,
        key: keyToText(key),
        rawKey: key,
        value: dataToWire(value),
        inKey,
        inValue,
      });
    }
    if (rows.length === count || looked === mostLooked) {
      return { rows, looked, next: { kernel: address, key } };
    }
    yield;
  }
  return { rows, looked, next: null };
}
