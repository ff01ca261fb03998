/** A run of a scenario as lines for people: each message below what caused it, with its import calls and changes. */
import type { Position } from '../base/fault';
import type { Value } from '../base/value';
import type {
  ChangeEvent,
  ExpectationEvent,
  ImportEvent,
  MessageEvent,
  ScenarioEvent,
  SummaryEvent,
} from '../scenario/events';
import { readable } from '../scenario/expect';
import type { Expectation, Scenario, ScenarioKernel, Step } from '../scenario/scenario';
import { reasonOf } from './receipt-value';
import { faultToLines } from './session';
import type { Style, Terminal } from './terminal';
import { amount, bytesToKeyText, countToText, valueToText, visible } from './value-text';

/** Returns whether all held. */
export async function writeRunAsText(
  scenario: Scenario,
  events: AsyncIterable<ScenarioEvent>,
  terminal: Terminal,
): Promise<boolean> {
  const { style } = terminal;
  const line = (text: string, depth = 0) => terminal.write(`${'  '.repeat(depth)}${text}\n`);
  let depth = 0;
  let held = false;
  await line(style.strong(scenario.name));
  for await (const event of events) {
    switch (event.kind) {
      case 'built':
        for (const { file, line: at, column, severity, message } of event.diagnostics) {
          terminal.complain(`${file}:${at}:${column}: ${severity}: ${message}`);
        }
        break;
      case 'kernel':
        await line(kernelToLine(event.kernel, style), 1);
        break;
      case 'step-begun':
        await line(`\n${stepToLine(event.step, style)}`);
        break;
      case 'message':
        depth = 1 + event.receipt.depth;
        await line(messageToLine(event, style), depth);
        for (const log of event.receipt.logs) await line(`${style.faint('log')} ${visible(log)}`, depth + 1);
        break;
      case 'import':
        await line(importToLine(event, style), depth + 1);
        break;
      case 'change':
        await line(changeToLine(event, style), depth + 1);
        break;
      case 'expectation':
        await line(expectationToLine(event, style), 1);
        break;
      case 'fault':
        terminal.complain(faultToLines(event.fault, terminal));
        break;
      case 'step-ended':
      case 'ended':
        break;
      case 'summary':
        held = event.held;
        await line(`\n${summaryToLine(event, style)}`);
    }
  }
  return held;
}

function kernelToLine({ address, code, state }: ScenarioKernel, style: Style): string {
  const values = Object.keys(state).length === 0 ? '' : ` ${valueToText(state)}`;
  return `${style.faint('kernel')} ${style.strong(address)}${code === null ? '' : ` ${code}`}${values}`;
}

export const stepToLine = ({ index, to, method, position }: Step, style: Style): string =>
  `${style.strong(`step ${index + 1}`)} ${to} ${method} ${style.faint(`(${placeToText(position)})`)}`;

export function messageToLine(
  { receipt, method }: Pick<MessageEvent, 'receipt' | 'method'>,
  style: Style,
): string {
  const { outcome } = receipt;
  const result =
    outcome.kind === 'ok'
      ? `${style.good('ok')}${outcome.reply === null ? '' : ` → ${valueToText(readable(outcome.reply))}`}`
      : style.bad(`${outcome.kind}: ${visible(reasonOf(receipt))}`);
  const call = callToText({ receipt, method }, style);
  return `${call} ${result} ${style.faint(`${countToText(receipt.gasUsed)} gas`)}`;
}

/** A message without what became of it. */
export function callToText(
  { receipt, method }: Pick<MessageEvent, 'receipt' | 'method'>,
  style: Style,
): string {
  const { message } = receipt;
  const from = message.from === null ? 'signal' : message.from;
  const args = readable(message.args);
  const values = Array.isArray(args)
    ? args.map((value: Value, index) => {
        const name = method?.params[index]?.name;
        return `${name === undefined ? '' : `${name}: `}${valueToText(value)}`;
      })
    : [valueToText(args)];
  const head = `${style.faint(`#${receipt.index}`)} ${from} → ${style.strong(message.to)}`;
  return `${head} ${style.mark(visible(message.method))}(${values.join(', ')})`;
}

function importToLine({ call, written }: ImportEvent, style: Style): string {
  const args = call.args.map(({ name, value }) => `${name}: ${valueToText(value)}`).join(', ');
  const result =
    written !== null ? ` → ${valueToText(written)}` : call.result === null ? '' : ` → ${call.result}`;
  const answered = call.answered ? ' (answered by hand)' : '';
  const refused = call.refused === null ? '' : ` ${style.bad(`refused: ${visible(call.refused)}`)}`;
  return `${style.faint('call')} ${call.set}.${call.name}(${args})${result}${answered}${refused}`;
}

function changeToLine({ kernel, key, before, after }: ChangeEvent, style: Style): string {
  const text = (bytes: Uint8Array | null) => (bytes === null ? 'nothing' : valueToText(readable(bytes)));
  return `${style.faint('state')} ${kernel} ${visible(bytesToKeyText(key))}: ${text(before)} → ${text(after)}`;
}

/** `reply`, `state /bank/alice balance`. */
export const expectationName = (expectation: Expectation): string =>
  expectation.kind === 'state' ? `state ${expectation.kernel} ${expectation.key}` : expectation.kind;

export function expectationToLine(
  { expectation, held, expected, found }: ExpectationEvent,
  style: Style,
): string {
  const name = expectationName(expectation);
  if (held) return `${style.good('holds')} ${name} ${style.faint(plainText(expected))}`;
  const place = placeToText(expectation.position);
  return `${style.bad('fails')} ${name}: expected ${plainText(expected)}, found ${found === undefined ? 'nothing' : plainText(found)} (${place})`;
}

/** A text stands for itself, unless it could be taken for another kind of value. */
const plainText = (value: Value): string =>
  typeof value === 'string' && /^(ok|trap: .*|rejected: .*)$/s.test(value)
    ? visible(value)
    : valueToText(value);

export const placeToText = ({ file, line, column }: Position): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

export function summaryToLine(summary: SummaryEvent, style: Style): string {
  const { steps, failedSteps, untakenSteps, messages, gasUsed, held } = summary;
  const what = `${amount(steps, 'step')}, ${amount(messages, 'message')}, ${countToText(gasUsed)} gas`;
  if (held) return `${style.good('holds')} ${what}`;
  const failed = [
    failedSteps > 0 ? `${amount(failedSteps, 'step')} failed` : null,
    untakenSteps > 0 ? `${amount(untakenSteps, 'step')} not taken` : null,
  ].filter((part) => part !== null);
  return `${style.bad('fails')} ${[what, ...failed].join(', ')}`;
}
