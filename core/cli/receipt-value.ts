/** Receipts and what belongs to them as values for `--json`. */
import { codec, hashToText } from '../base/hash';
import type { Value } from '../base/value';
import { outcomeToText } from '../environment/outcome';
import type { Receipt } from '../kernel/receipt';
import { readable } from '../scenario/expect';
import type { ChangeEvent, ExpectationEvent, ImportEvent, SummaryEvent } from '../scenario/events';
import { bytesToKeyText } from './value-text';

type Members = { readonly [key: string]: Value };

export function receiptToValue({ message, outcome, code, before, after, ...rest }: Receipt): Members {
  return {
    index: rest.index,
    id: message.id,
    from: message.from,
    to: message.to,
    method: message.method,
    args: readable(message.args),
    outcome: outcome.kind,
    reason: reasonOf({ outcome }),
    reply: outcome.kind === 'ok' && outcome.reply !== null ? readable(outcome.reply) : null,
    gasUsed: rest.gasUsed,
    cause: rest.cause,
    signal: rest.signal,
    depth: rest.depth,
    code: code === null ? null : hashToText(code, codec.raw),
    before: before === null ? null : hashToText(before),
    after: after === null ? null : hashToText(after),
    sends: rest.sends.map(({ id, to, method, args }) => ({ id, to, method, args: readable(args) })),
    logs: rest.logs,
  };
}

/** `out of gas`, `no method nope …`; empty when ok. */
export const reasonOf = ({ outcome }: Pick<Receipt, 'outcome'>): string =>
  outcome.kind === 'ok' ? '' : outcomeToText(outcome).slice(`${outcome.kind}: `.length);

export const importToValue = ({ call, written }: ImportEvent): Members => ({
  index: call.index,
  set: call.set,
  name: call.name,
  args: Object.fromEntries(call.args.map(({ name, value }) => [name, value])),
  result: call.result,
  written,
  answered: call.answered,
  gasLeft: call.gasLeft,
  refused: call.refused,
});

export const changeToValue = ({
  key,
  before,
  after,
}: Pick<ChangeEvent, 'key' | 'before' | 'after'>): Members => ({
  key: bytesToKeyText(key),
  ...(before === null ? {} : { before: readable(before) }),
  ...(after === null ? {} : { after: readable(after) }),
});

export const expectationToValue = ({ expectation, held, expected, found }: ExpectationEvent): Members => ({
  kind: expectation.kind,
  ...(expectation.kind === 'state' ? { kernel: expectation.kernel, key: expectation.key } : {}),
  line: expectation.position.line ?? 0,
  held,
  expected,
  ...(found === undefined ? {} : { found }),
});

export const summaryToValue = ({ kind: _kind, ...counts }: SummaryEvent): Members => counts;
