/** What can be asked about the past: one cache for each question. */
import type { Page } from '../../../core/studio/protocol/declare';
import { pageSize } from '../../../core/studio/protocol/declare';
import type { StudioProtocol, StudioReturns } from '../../../core/studio/protocol/studio';
import type { ImportCallRow, ReceiptDetail, StateChange } from '../../../core/studio/protocol/world';
import type { Client } from '../../../core/studio/rpc/client';
import { type PastCache, createPastCache } from './past-cache';

/** A page of a list that belongs to a receipt; pages are counted from 0. */
export interface ReceiptPage {
  readonly receipt: number;
  readonly page: number;
}

export type WireEnvironment = StudioReturns<'world.environment'>;

/** The kernel's row and interface, in the world after the first `at` receipts. */
export interface KernelAt {
  readonly address: string;
  readonly at: number;
}

export interface Past {
  readonly receipt: PastCache<number, ReceiptDetail>;
  readonly imports: PastCache<ReceiptPage, Page<ImportCallRow>>;
  readonly environment: PastCache<number, WireEnvironment>;
  readonly changes: PastCache<ReceiptPage, Page<StateChange>>;
  readonly kernel: PastCache<KernelAt, StudioReturns<'world.kernel'>>;
}

export function createPast(client: Pick<Client<StudioProtocol>, 'call'>): Past {
  const pageText = ({ receipt, page }: ReceiptPage): string => `${receipt} ${page}`;
  const rangeOf = ({ receipt, page }: ReceiptPage) => ({
    index: receipt,
    start: page * pageSize,
    count: pageSize,
  });
  return {
    receipt: createPastCache({
      keyToText: String,
      ask: (index, signal) => client.call('world.receipt', { index }, signal),
      capacity: 200,
      // A message on its way gets its receipt later.
      isFinal: ({ sends }) => sends.every(({ receipt }) => receipt !== null),
    }),
    imports: createPastCache({
      keyToText: pageText,
      ask: (key, signal) => client.call('world.imports', rangeOf(key), signal),
      capacity: 60,
    }),
    environment: createPastCache({
      keyToText: String,
      ask: (index, signal) => client.call('world.environment', { index }, signal),
      capacity: 100,
    }),
    changes: createPastCache({
      keyToText: pageText,
      ask: (key, signal) => client.call('world.changes', rangeOf(key), signal),
      capacity: 60,
    }),
    kernel: createPastCache({
      keyToText: ({ address, at }) => `${at} ${address}`,
      ask: (key, signal) => client.call('world.kernel', key, signal),
      capacity: 200,
    }),
  };
}
