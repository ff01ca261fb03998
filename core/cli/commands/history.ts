import { hashToText } from '../../base/hash';
import type { Branch } from '../../history/branch';
import { openStoredWorld } from '../../host/stored-world';
import type { Receipt } from '../../kernel/receipt';
import { createJsonWriter } from '../json';
import { receiptToValue } from '../receipt-value';
import { messageToLine } from '../run-text';
import { type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { amount } from '../value-text';

export interface HistoryOptions extends WorldOptions {
  readonly from: number;
  readonly count?: number;
}

export async function history(folder: string, options: HistoryOptions, session: Session): Promise<ExitCode> {
  const world = await openStoredWorld(folder, options.branch);
  if (!world.ok) return failWith(session, [world.error], options);
  const { branch } = world.value;
  const { terminal } = session;
  try {
    if (options.json === true) {
      const writer = createJsonWriter(terminal.write);
      await writer.open(null, 'map');
      await writer.add('kernelscope', 1);
      await writer.add('length', branch.length);
      await writer.add('root', hashToText(branch.root()));
      await writer.open('receipts', 'list');
      for (const receipt of receiptsOf(branch, options)) await writer.add(null, receiptToValue(receipt));
      await writer.close();
      await writer.close();
    } else {
      for (const receipt of receiptsOf(branch, options)) {
        const indent = '  '.repeat(receipt.depth);
        await terminal.write(`${indent}${messageToLine({ receipt, method: null }, terminal.style)}\n`);
      }
      await terminal.write(`${amount(branch.length, 'receipt')}, world ${hashToText(branch.root())}\n`);
    }
    return 0;
  } finally {
    world.value.close();
  }
}

const page = 256;

function* receiptsOf(branch: Branch, { from, count }: HistoryOptions): Generator<Receipt, void, undefined> {
  const end = Math.min(branch.length, count === undefined ? Infinity : from + count);
  for (let start = from; start < end; start += page) {
    yield* branch.receipts(start, Math.min(page, end - start));
  }
}
