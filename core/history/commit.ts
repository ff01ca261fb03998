/** A commit as a block. Its receipts are written as they come and read as they are asked for: it may hold thousands. */
import { concatBytes } from '../base/bytes';
import { createCborWriter } from '../base/cbor-writer';
import { listItems } from '../base/cbor-walk';
import { type Value, decodeValue, isLink } from '../base/value';
import type { Receipt } from '../kernel/receipt';
import { type CommitHead, type StoredReceipt, valueToReceipt, writeReceipt } from './format';
import { DamagedBlock, hash, int, knownVersion } from './stored-value';

/** Keeps no receipt: one that is written need not live any longer. */
export interface CommitWriter {
  /** Receipts written so far. */
  readonly count: number;
  /** Of those. */
  readonly bytes: number;
  add(receipt: Receipt): void;
  /** The commit of all that were written, and its block; what is written then belongs to the next one. */
  finish(head: CommitHead): { readonly commit: StoredCommit; readonly bytes: Uint8Array };
}

export interface StoredCommit extends CommitHead {
  /** Of receipts. */
  readonly count: number;
  /** The one of this place among them, which is less than `count`. Throws a {@link DamagedBlock}. */
  receipt(place: number): StoredReceipt;
}

const version = 1;

export function createCommitWriter(): CommitWriter {
  const begin = createCborWriter(128);
  const receipts = createCborWriter();
  /** Where each receipt begins among them. */
  let starts: number[] = [];
  return {
    get count() {
      return starts.length;
    },
    get bytes() {
      return receipts.length;
    },
    add(receipt) {
      starts.push(receipts.length);
      writeReceipt(receipts, receipt);
    },
    finish(head) {
      begin.list(7);
      begin.integer(version);
      begin.link(head.parent);
      begin.integer(head.first);
      begin.integer(head.nextMessageId);
      begin.integer(head.pending);
      begin.link(head.world);
      const count = starts.length;
      begin.list(count);
      const beginning = begin.written();
      const bytes = concatBytes([beginning, receipts.written()]);
      const items = Uint32Array.from(
        [...starts, bytes.length - beginning.length],
        (start) => beginning.length + start,
      );
      starts = [];
      return { commit: { ...head, count, receipt: receiptAt(bytes, items) }, bytes };
    },
  };
}

/** Tells a commit from what a line begins with. Throws a `DamagedBlock` for what can be neither. */
export function isCommit(bytes: Uint8Array): boolean {
  const items = itemsAt(bytes, 0);
  return versionOf(bytes, items, 3) === version && isLink(itemAt(bytes, items, 1));
}

/** Reads all but the receipts. Throws a {@link DamagedBlock}. */
export function bytesToCommit(bytes: Uint8Array): StoredCommit {
  const items = itemsAt(bytes, 0);
  versionOf(bytes, items, version);
  if (items.length !== 8 || items[7] !== bytes.length) throw new DamagedBlock('a commit of another form');
  const item = (index: number) => itemAt(bytes, items, index);
  const receipts = itemsAt(bytes, items[6] ?? 0);
  return {
    parent: hash(item(1)),
    first: int(item(2)),
    nextMessageId: int(item(3)),
    pending: int(item(4)),
    world: hash(item(5)),
    count: receipts.length - 1,
    receipt: receiptAt(bytes, receipts),
  };
}

const receiptAt =
  (bytes: Uint8Array, items: Uint32Array): StoredCommit['receipt'] =>
  (place) =>
    valueToReceipt(itemAt(bytes, items, place));

const versionOf = (bytes: Uint8Array, items: Uint32Array, newest: number): number =>
  knownVersion(itemAt(bytes, items, 0), 'block of a history', newest);

function itemsAt(bytes: Uint8Array, at: number): Uint32Array {
  const items = listItems(bytes, at);
  if (items === undefined) throw new DamagedBlock('a list was expected');
  return items;
}

function itemAt(bytes: Uint8Array, items: Uint32Array, index: number): Value {
  const value = decodeValue(bytes.subarray(items[index], items[index + 1]));
  if (!value.ok) throw new DamagedBlock(`a commit: ${value.error.message}`);
  return value.value;
}
