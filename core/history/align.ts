/**
 * Two branches side by side: which receipt of one belongs to which of the other. A signal belongs to the next one like it,
 * a message to the one that the same message of the other branch sent likewise. So the two need not run in the same order.
 */
import { bytesEqual, bytesToHex } from '../base/bytes';
import { hashesEqual } from '../base/hash';
import { mailboxMethods } from '../environment/control';
import type { Message } from '../environment/message';
import { outcomeToText } from '../environment/outcome';
import { interventionOf } from '../kernel/intervene';
import type { Receipt } from '../kernel/receipt';
import type { Branch } from './branch';
import { sharedLength } from './lines';

export interface Alignment {
  /** Receipts that both branches share: the first so many of each. */
  readonly shared: number;
  /** How many rows there are for what follows. */
  readonly count: number;
  /** The receipts of a row, `null` where a branch has none that belongs to the other's. Each branch's own order is kept
   * as far as the two agree; where not, the left one's. */
  row(index: number): { readonly left: number | null; readonly right: number | null };
}

/** What is not the same about two receipts that belong together. */
export type Difference = 'call' | 'outcome' | 'gas' | 'state' | 'sends' | 'logs';

/** In steps of a few receipts. */
export function* alignBranches(left: Branch, right: Branch): Generator<void, Alignment, undefined> {
  const shared = sharedLength(left, right);
  const rightByLeft = yield* pairReceipts(left, right, shared);
  const rows: number[] = [];
  const paired = new Set(rightByLeft.values());
  let rightNext = shared;
  function addLoneRights(end: number): void {
    for (; rightNext < end; rightNext++) if (!paired.has(rightNext)) rows.push(none, rightNext);
  }
  for (let index = shared; index < left.length; index++) {
    const partner = rightByLeft.get(index);
    if (partner !== undefined) addLoneRights(partner);
    rows.push(index, partner ?? none);
  }
  addLoneRights(right.length);
  const orNull = (index: number | undefined): number | null =>
    index === undefined || index === none ? null : index;
  return {
    shared,
    count: rows.length / 2,
    row: (index) => ({ left: orNull(rows[2 * index]), right: orNull(rows[2 * index + 1]) }),
  };
}

export function differencesOf(left: Receipt, right: Receipt): readonly Difference[] {
  const differs: Readonly<Record<Difference, boolean>> = {
    call: left.message.method !== right.message.method || !bytesEqual(left.message.args, right.message.args),
    outcome: outcomeToText(left.outcome) !== outcomeToText(right.outcome) || !repliesEqual(left, right),
    gas: left.gasUsed !== right.gasUsed,
    state: !hashesEqual(left.after, right.after),
    sends: left.sends.map(callOf).join('\n') !== right.sends.map(callOf).join('\n'),
    logs: left.logs.join('\n') !== right.logs.join('\n'),
  };
  return allDifferences.filter((difference) => differs[difference]);
}

const allDifferences: readonly Difference[] = ['call', 'outcome', 'gas', 'state', 'sends', 'logs'];

const none = -1;

const receiptsInStep = 256;

function repliesEqual({ outcome: left }: Receipt, { outcome: right }: Receipt): boolean {
  if (left.kind !== 'ok' || right.kind !== 'ok' || left.reply === null || right.reply === null)
    return left.kind !== 'ok' || right.kind !== 'ok' || left.reply === right.reply;
  return bytesEqual(left.reply, right.reply);
}

/** The right receipt for each left one that has one. */
function* pairReceipts(
  left: Branch,
  right: Branch,
  shared: number,
): Generator<void, ReadonlyMap<number, number>, undefined> {
  const lefts = yield* readSide(left, shared);
  const rights = yield* readSide(right, shared);
  const rightByLeft = pairSignals(lefts.signals, rights.signals);
  const rightIdByLeftId = new Map<number, number>();
  for (let index = shared; index < left.length; index++) {
    if (index % receiptsInStep === 0) yield;
    const receipt = left.receipt(index);
    if (receipt === undefined) continue;
    const partner = receipt.cause === null ? rightByLeft.get(index) : partnerOf(receipt.message.id);
    const other = partner === undefined ? undefined : right.receipt(partner);
    if (other === undefined) continue;
    rightByLeft.set(index, other.index);
    for (const [id, otherId] of pairSends(receipt.sends, other.sends)) rightIdByLeftId.set(id, otherId);
  }
  return rightByLeft;

  /** What was sent before the branches parted has the same id in both. */
  function partnerOf(id: number): number | undefined {
    const sent = lefts.sentAs(id);
    const other = lefts.isOwn(sent) ? rightIdByLeftId.get(sent) : sent;
    return other === undefined ? undefined : rights.indexBySentId.get(other);
  }
}

/** The receipts of one branch that the other doesn't share. */
interface Side {
  readonly signals: readonly SignalReceipt[];
  /** The id that a message was sent with, before others took its place. */
  sentAs(id: number): number;
  /** Whether the message was sent by one of these. */
  isOwn(id: number): boolean;
  /** By the id that the message was sent with. */
  readonly indexBySentId: ReadonlyMap<number, number>;
}

type SignalReceipt = Pick<Receipt, 'index' | 'message'>;

function* readSide(branch: Branch, shared: number): Generator<void, Side, undefined> {
  const signals: SignalReceipt[] = [];
  const own = new Set<number>();
  const replaced = new Map<number, number>();
  const indexBySentId = new Map<number, number>();
  const sentAs = (id: number): number => {
    const before = replaced.get(id);
    return before === undefined ? id : sentAs(before);
  };
  for (let index = shared; index < branch.length; index++) {
    if (index % receiptsInStep === 0) yield;
    const receipt = branch.receipt(index);
    if (receipt === undefined) continue;
    const { message, cause, sends } = receipt;
    if (cause === null) signals.push({ index, message });
    else indexBySentId.set(sentAs(message.id), index);
    const intervention = interventionOf(message);
    for (const { id } of sends) {
      own.add(id);
      if (intervention?.method === mailboxMethods.replace && intervention.id !== null)
        replaced.set(id, intervention.id);
    }
  }
  return { signals, sentAs, isOwn: (id) => own.has(id), indexBySentId };
}

/** Signals that are the same in all, then those that call the same, then those that go to the same kernel. */
function pairSignals(lefts: readonly SignalReceipt[], rights: readonly SignalReceipt[]): Map<number, number> {
  const rightByLeft = new Map<number, number>();
  const paired = new Set<number>();
  for (const likenessOf of [callOf, entryOf, ({ to }: Message) => to]) {
    const pairs = pairAlike(
      lefts.filter(({ index }) => !rightByLeft.has(index)),
      rights.filter(({ index }) => !paired.has(index)),
      ({ message }) => likenessOf(message),
    );
    for (const [left, right] of pairs) {
      rightByLeft.set(left.index, right.index);
      paired.add(right.index);
    }
  }
  return rightByLeft;
}

const pairSends = (lefts: readonly Message[], rights: readonly Message[]) =>
  pairAlike(lefts, rights, entryOf).map(([left, right]) => [left.id, right.id] as const);

/** Pairs the nth of a kind with the nth of that kind. */
function pairAlike<T>(
  lefts: readonly T[],
  rights: readonly T[],
  kindOf: (item: T) => string,
): (readonly [T, T])[] {
  const rightsByKind = new Map<string, T[]>();
  for (const right of rights) {
    const kind = kindOf(right);
    const known = rightsByKind.get(kind);
    if (known === undefined) rightsByKind.set(kind, [right]);
    else known.push(right);
  }
  const taken = new Map<string, number>();
  return lefts.flatMap((left) => {
    const kind = kindOf(left);
    const nth = taken.get(kind) ?? 0;
    taken.set(kind, nth + 1);
    const right = rightsByKind.get(kind)?.[nth];
    return right === undefined ? [] : [[left, right] as const];
  });
}

const entryOf = ({ to, method }: Message): string => `${to} ${method}`;

const callOf = (message: Message): string => `${entryOf(message)} ${bytesToHex(message.args)}`;
