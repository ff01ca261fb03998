/** What can be asked about the past: one cache for each question. */
import { bytesToHex } from '../../../core/base/bytes';
import { ok } from '../../../core/base/result';
import type { Page } from '../../../core/studio/protocol/declare';
import { pageSize } from '../../../core/studio/protocol/declare';
import type { StudioProtocol, StudioReturns } from '../../../core/studio/protocol/studio';
import type { ImportCallRow, ReceiptDetail, StateChange } from '../../../core/studio/protocol/world';
import type { WireData } from '../../../core/studio/protocol/wire';
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

/** A key of a kernel's state, in the world after the first `at` receipts. */
export interface StateKeyAt extends KernelAt {
  readonly key: Uint8Array;
}

export interface Past {
  readonly receipt: PastCache<number, ReceiptDetail>;
  readonly imports: PastCache<ReceiptPage, Page<ImportCallRow>>;
  readonly environment: PastCache<number, WireEnvironment>;
  readonly changes: PastCache<ReceiptPage, Page<StateChange>>;
  readonly kernel: PastCache<KernelAt, StudioReturns<'world.kernel'>>;
  /** The first part of a value; `null` when there is no such key. */
  readonly value: PastCache<StateKeyAt, WireData | null>;
  /** A file that a code was made from; `null` when its text is nowhere to be had. */
  readonly sourceText: PastCache<SourceOf, string | null>;
}

/** A file as the source map of a code names it. */
interface SourceOf {
  /** CID. */
  readonly code: string;
  readonly file: string;
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
      isFinal: ({ sends }) => sends.every(({ receipt, heldFor }) => receipt !== null || heldFor !== null),
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
    value: createPastCache({
      keyToText: ({ address, at, key }) => `${at} ${address} ${bytesToHex(key)}`,
      ask: async ({ address, at, key }, signal) => {
        const part = await client.call('world.value', { kernel: address, at, key, offset: 0 }, signal);
        return part.ok ? ok(part.value.value) : part;
      },
      capacity: 60,
    }),
    sourceText: createPastCache({
      keyToText: ({ code, file }) => `${code} ${file}`,
      async ask({ code, file }, signal) {
        const embedded = await client.call('debug.source', { code, file }, signal);
        if (!embedded.ok || embedded.value.text !== null)
          return embedded.ok ? ok(embedded.value.text) : embedded;
        const read = await client.call('files.read', { path: file }, signal);
        return ok(read.ok ? read.value.text : null);
      },
      capacity: 40,
    }),
  };
}
