import type { Fault } from '../../base/fault';
import { hashToText } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import { finish } from '../../base/steps';
import type { Storage } from '../../base/storage';
import type { Branch } from '../../history/branch';
import { createPastIndex } from '../../history/past-index';
import { type FoundReceipts, type ReceiptFilter, findReceipts, valuesAround } from '../../history/query';
import { openStoredWorld } from '../../host/stored-world';
import { openWorldToChange } from '../../host/world-to-change';
import type { Receipt } from '../../kernel/receipt';
import { readable } from '../../scenario/expect';
import { createJsonWriter } from '../json';
import { faultToValue } from '../fault-value';
import { type FilterOptions, readEntry, readFilter } from '../receipt-filter';
import { receiptToValue } from '../receipt-value';
import { messageToLine } from '../run-text';
import { type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { amount, countToText, valueToText } from '../value-text';

export interface HistoryOptions extends WorldOptions, FilterOptions {
  readonly from?: number;
  readonly count?: number;
  readonly newest?: true;
  /** The entry whose values are listed. */
  readonly value?: string;
}

export async function history(folder: string, options: HistoryOptions, session: Session): Promise<ExitCode> {
  const filter = readFilter(options);
  if (!filter.ok) return failWith(session, [filter.error], options);
  const entry = options.value === undefined ? null : readEntry(options.value);
  if (entry?.ok === false) return failWith(session, [entry.error], options);
  const whole = entry === null ? filter.value : { ...filter.value, wrote: entry.value };
  const world = await (isEmpty(whole) ? openToList : openToAsk)(folder, options.branch);
  if (!world.ok) return failWith(session, [world.error], options);
  const asked = { ...world.value, filter: whole, entry: entry?.value ?? null };
  try {
    const print = options.json === true ? printJson : printText;
    const printed = await print(asked, options, session);
    if (printed.ok) return 0;
    return options.json === true ? 1 : await failWith(session, [printed.error], options);
  } finally {
    world.value.close();
  }
}

interface OpenedWorld {
  readonly branch: Branch;
  readonly storage: Storage;
  /** Whether what is made to answer can be kept for the next time. */
  readonly isKept: boolean;
  close(): void;
}

interface Asked extends OpenedWorld {
  readonly filter: ReceiptFilter;
  readonly entry: Parameters<typeof valuesAround>[2] | null;
}

const isEmpty = (filter: ReceiptFilter): boolean => Object.keys(filter).length === 0;

async function openToList(folder: string, name: string | undefined): Promise<Result<OpenedWorld, Fault>> {
  const world = await openStoredWorld(folder, name);
  return world.ok ? ok({ ...world.value, isKept: false }) : world;
}

/** To be written to, so that an index is kept, unless somebody else has it open. */
async function openToAsk(folder: string, name: string | undefined): Promise<Result<OpenedWorld, Fault>> {
  const toChange = await openWorldToChange(folder);
  if (!toChange.ok) return openToList(folder, name);
  const branch = toChange.value.open(name);
  if (branch.ok) return ok({ ...toChange.value, branch: branch.value, isKept: true });
  toChange.value.close();
  return err(branch.error);
}

async function printText(
  asked: Asked,
  options: HistoryOptions,
  { terminal }: Session,
): Promise<Result<unknown, Fault>> {
  const { branch } = asked;
  const isFiltered = !isEmpty(asked.filter);
  let listed = 0;
  const ended = await eachReceipt(asked, options, terminal.complain, async (receipt) => {
    listed++;
    const indent = isFiltered ? `${receipt.index} ` : '  '.repeat(receipt.depth);
    await terminal.write(`${indent}${messageToLine({ receipt, method: null }, terminal.style)}\n`);
    const values = valuesOf(asked, receipt);
    if (values === null) return;
    const { before, after } = values;
    await terminal.write(`  ${textOrNothing(before)} -> ${textOrNothing(after)}\n`);
  });
  if (!ended.ok) return ended;
  const found = isFiltered ? `${countToText(listed)} found in ` : '';
  const more = ended.value === null ? '' : `; --from ${ended.value} goes on`;
  await terminal.write(
    `${found}${amount(branch.length, 'receipt')}, world ${hashToText(branch.root())}${more}\n`,
  );
  return ok(null);
}

async function printJson(
  asked: Asked,
  options: HistoryOptions,
  { terminal }: Session,
): Promise<Result<unknown, Fault>> {
  const { branch } = asked;
  const writer = createJsonWriter(terminal.write);
  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('length', branch.length);
  await writer.add('root', hashToText(branch.root()));
  await writer.open('receipts', 'list');
  const ended = await eachReceipt(asked, options, terminal.complain, async (receipt) => {
    const values = valuesOf(asked, receipt);
    const { before, after } = values ?? {};
    const change = {
      ...(before === undefined ? {} : { before: readable(before) }),
      ...(after === undefined ? {} : { after: readable(after) }),
    };
    await writer.add(null, { ...receiptToValue(receipt), ...(values === null ? {} : { value: change }) });
  });
  await writer.close();
  await writer.add('next', ended.ok ? ended.value : null);
  if (!ended.ok) await writer.add('faults', [faultToValue(ended.error)]);
  await writer.close();
  return ended;
}

const valuesOf = ({ branch, storage, entry }: Asked, receipt: Receipt) =>
  entry === null ? null : valuesAround({ branch, blocks: storage }, receipt, entry);

const textOrNothing = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? 'nothing' : valueToText(readable(bytes));

const page = 256;
/** After making the index of so many receipts it is said how far that is. */
const saidEvery = 20_000;

/** Gives the receipts one after the other as they are found; answers where to go on, `null` at the end. */
async function eachReceipt(
  { branch, storage, isKept, filter }: Asked,
  options: HistoryOptions,
  say: (line: string) => void,
  take: (receipt: Receipt) => Promise<void>,
): Promise<Result<number | null, Fault>> {
  const index = createPastIndex(branch, storage, isKept);
  const order = options.newest === true ? 'newest' : 'oldest';
  let next: number | null = options.from ?? null;
  let left = options.count ?? Infinity;
  do {
    const asked = Math.min(page, left);
    const found: Result<FoundReceipts, Fault> = finish(
      findReceipts(
        index,
        { branch, blocks: storage },
        { filter, order, from: next, count: asked, effort: saidEvery },
      ),
    );
    if (!found.ok) return found;
    const { receipts } = found.value;
    for (const receipt of receipts) await take(receipt);
    left -= receipts.length;
    ({ next } = found.value);
    if (next !== null && receipts.length < asked)
      say(`making the index: at receipt ${countToText(next)} of ${countToText(branch.length)}`);
  } while (next !== null && left > 0);
  return ok(next);
}
