/** Receipts as rows of the timeline, and one of them whole. */
import { type Hash, codec, hashToText, hashesEqual } from '../../base/hash';
import { decodeValue } from '../../base/value';
import {
  type ControlMethod,
  type MailboxMethod,
  controlMethods,
  isControlMethod,
  mailboxMethods,
} from '../../environment/control';
import { isLibrary } from '../../debugger/lines';
import type { Message } from '../../environment/message';
import { type Outcome, outcomeToReason } from '../../environment/outcome';
import type { Branch } from '../../history/branch';
import { deliveredAs } from '../../history/delivered';
import type { Receipt } from '../../kernel/receipt';
import { pageSize } from '../protocol/declare';
import { type CodeFrame, type WireOutcome, type WireValue, previewBytes } from '../protocol/wire';
import type { ReceiptDetail, ReceiptRow } from '../protocol/world';
import type { CodeBook } from './code-book';
import { argumentsToSummary } from './summary';
import { bytesToWire, dataToWire, valueToPreview } from './wire-values';

export interface NamedValue {
  readonly name: string;
  readonly type: string;
  readonly value: WireValue;
}

export function receiptToRow(receipt: Receipt, branch: Branch, codes: CodeBook): ReceiptRow {
  const { message, outcome } = receipt;
  // What never ran is named as the kernel's code of today would have it.
  const code = receipt.code ?? branch.world().kernel(message.to)?.code ?? null;
  return {
    index: receipt.index,
    from: message.from,
    to: message.to,
    method: message.method,
    summary: argumentsToSummary(namedArguments(message, code, codes)),
    outcome: outcome.kind,
    reason: outcomeToReason(outcome),
    gasUsed: receipt.gasUsed,
    sends: receipt.sends.length,
    cause: receipt.cause,
    signal: receipt.signal,
    depth: receipt.depth,
    stateChanged: !hashesEqual(receipt.before, receipt.after),
  };
}

/** `trapStack`: the calls that led to its trap, when it had one. */
export function receiptToDetail(
  receipt: Receipt,
  branch: Branch,
  { codes, trapStack }: { readonly codes: CodeBook; readonly trapStack: readonly CodeFrame[] },
): ReceiptDetail {
  const { message, code } = receipt;
  const world = branch.world(receipt.index);
  const kernel = world.kernel(message.to);
  return {
    row: receiptToRow(receipt, branch, codes),
    id: message.id,
    args: namedArguments(message, code ?? kernel?.code ?? null, codes),
    rawArgs: bytesToWire(message.args),
    replyTo: message.replyTo,
    gasLimit: message.gas ?? branch.inputsAt(receipt.index).limits.gas,
    code: code === null ? null : hashToText(code, codec.raw),
    codeName: kernel?.codeName ?? null,
    outcome: outcomeToWire(receipt.outcome, trapStack),
    before: receipt.before === null ? null : hashToText(receipt.before),
    after: receipt.after === null ? null : hashToText(receipt.after),
    sends: receipt.sends.slice(0, pageSize).map((sent) => ({
      id: sent.id,
      to: sent.to,
      method: sent.method,
      args: namedArguments(sent, world.kernel(sent.to)?.code ?? null, codes),
      replyTo: sent.replyTo,
      heldFor: sent.heldFor ?? null,
      receipt: deliveredAs(sent, receipt.index, branch),
    })),
    sendsTotal: receipt.sends.length,
    logs: receipt.logs.slice(0, pageSize).map((line) => line.slice(0, previewBytes)),
    logsTotal: receipt.logs.length,
  };
}

/** By the names that the code's interface gives them; by position when it gives none. */
export function namedArguments(message: Message, code: Hash | null, codes: CodeBook): NamedValue[] {
  const decoded = decodeValue(message.args);
  if (!decoded.ok || !Array.isArray(decoded.value)) return [];
  const params = isControlMethod(message.method)
    ? controlParams[message.method]
    : (codes.method(code, message.method)?.params ?? []);
  return decoded.value.map((value, position) => ({
    name: params[position]?.name ?? String(position),
    type: params[position]?.type ?? '',
    value: valueToPreview(value),
  }));
}

const controlParams: Readonly<
  Record<ControlMethod | MailboxMethod, readonly { readonly name: string; readonly type: string }[]>
> = {
  [controlMethods.create]: [
    { name: 'code', type: 'link' },
    { name: 'contract', type: 'string' },
    { name: 'state', type: 'map' },
  ],
  [controlMethods.bind]: [
    { name: 'code', type: 'link' },
    { name: 'contract', type: 'string' },
  ],
  [controlMethods.install]: [
    { name: 'contract', type: 'string' },
    { name: 'code', type: 'link' },
  ],
  [controlMethods.copy]: [{ name: 'source', type: 'string' }],
  [controlMethods.remove]: [],
  [controlMethods.write]: [{ name: 'entries', type: 'list<tuple<list<u8>, option<list<u8>>>>' }],
  [controlMethods.schedule]: [{ name: 'schedule', type: 'value' }],
  [mailboxMethods.drop]: [{ name: 'message', type: 'u64' }],
  [mailboxMethods.duplicate]: [{ name: 'message', type: 'u64' }],
  [mailboxMethods.replace]: [
    { name: 'message', type: 'u64' },
    { name: 'method', type: 'string' },
    { name: 'args', type: 'list<u8>' },
  ],
  [mailboxMethods.signal]: [
    { name: 'to', type: 'string' },
    { name: 'method', type: 'string' },
    { name: 'args', type: 'list<u8>' },
    { name: 'gas', type: 'option<u64>' },
  ],
};

export function outcomeToWire(outcome: Outcome, trapStack: readonly CodeFrame[]): WireOutcome {
  switch (outcome.kind) {
    case 'ok':
      return { kind: 'ok', reply: outcome.reply === null ? null : dataToWire(outcome.reply) };
    case 'rejected':
      return outcome;
    case 'trap': {
      const { reason, detail } = outcome;
      const authored = trapStack.find(({ source }) => source?.file !== undefined && !isLibrary(source.file));
      return { kind: 'trap', reason, detail, stack: [...trapStack], source: authored?.source ?? null };
    }
  }
}
