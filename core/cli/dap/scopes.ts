/** What is to be seen from a frame of the call stack. */
import { concatBytes } from '../../base/bytes';
import type { Value } from '../../base/value';
import type { EditableValues } from '../../container/wasm-stepping/apply-edit';
import { type TypedValue, typedToScalar } from '../../container/wasm-stepping/typed-value';
import { importCalls } from '../../debugger/import-history';
import type { Session } from '../../debugger/session';
import { finish } from '../../debugger/steps';
import { variableToDatum } from '../../debugger/variable-value';
import { groupLocals, variablesAt } from '../../debugger/variables';
import type { Environment } from '../../environment/environment';
import type { ImportCall } from '../../imports/trace';
import { readable } from '../../scenario/expect';
import { diffTrees } from '../../state/diff';
import { levelEntries } from '../../state/levels';
import type { StateTree } from '../../state/tree';
import { bytesToKeyText, countToText, valueToText, visible } from '../value-text';
import { type Inside, type Shown, nodes, showValue, showVariable } from './variables';

export interface Scope {
  readonly name: string;
  readonly presentationHint?: string;
  /** Whether it is to be opened only when asked for. */
  readonly expensive: boolean;
  readonly inside: Inside;
}

/** Of the call at this place among those that are on; for `null` of its message alone. */
export function scopesOf(session: Session, call: number | null): readonly Scope[] {
  const { machine } = session.timeline;
  return [
    ...(call === null ? [] : callScopes(session, call)),
    { name: 'Globals', expensive: true, inside: globalsOf(session) },
    { name: 'Environment', expensive: false, inside: environmentOf(session) },
    { name: 'Import calls', expensive: true, inside: importsOf(session, 0) },
    { name: 'State', expensive: true, inside: levelOf(machine.environment.state, noBytes, null) },
  ];
}

function callScopes({ code, timeline }: Session, frameIndex: number): readonly Scope[] {
  const { machine } = timeline;
  const frameNow = () => machine.frames(frameIndex, 1)[0];
  const frame = frameNow();
  if (frame === undefined) return [];
  const { position } = frame;
  const variables = variablesAt(code, position);
  const memorySize = machine.memorySize();
  const local = (index: number): Shown => {
    const value = frameNow()?.locals[index];
    const variable = variables.get(index);
    const { name, type } = variable ?? { name: `$${index}`, type: null };
    const isPlain = /^[A-Za-z_]\w*$/.test(name);
    const shown = showTyped(name, value, { evaluateName: isPlain ? name : `$${index}`, memorySize });
    if (value === undefined || type === null) return shown;
    return {
      ...shown,
      ...showVariable(
        name,
        variableToDatum(value, type, { memory: machine.memory, layouts: code.layouts }),
        shown.evaluateName,
      ),
      type,
    };
  };
  const operand = (index: number): Shown =>
    showTyped(String(index), frameNow()?.operands[index], {
      evaluateName: `$operands[${index}]`,
      memorySize,
    });
  const { parameters, named, others } = groupLocals(code, position, frame.locals.length);
  const locals = (indexes: readonly number[]): Inside =>
    numbers(indexes, { of: { kind: 'local', frame: frameIndex }, show: local });
  const operands = frame.operands.map((_, index) => index);
  return [
    {
      name: 'Parameters',
      presentationHint: 'arguments',
      expensive: false,
      inside: locals(parameters),
    },
    {
      name: 'Locals',
      presentationHint: 'locals',
      expensive: false,
      inside: locals(named),
    },
    {
      name: 'Operands',
      presentationHint: 'registers',
      expensive: false,
      inside: numbers(operands, { of: { kind: 'operand', frame: frameIndex }, show: operand }),
    },
    ...(others.length === 0
      ? []
      : [{ name: 'Other locals', presentationHint: 'registers', expensive: true, inside: locals(others) }]),
  ];
}

/** Values of the machine, each by its index; all of them can be changed. */
function numbers(
  indexes: readonly number[],
  { of, show }: { readonly of: EditableValues; readonly show: (index: number) => Shown },
): Inside {
  return {
    ...nodes(indexes.length, (place) => show(indexes[place] ?? 0), of.kind === 'operand'),
    changeable(name) {
      const index = indexes.find((each) => show(each).name === name);
      return index === undefined ? undefined : { place: { ...of, index }, shown: () => show(index) };
    },
  };
}

function globalsOf({ code, timeline }: Session): Inside {
  const { machine } = timeline;
  const memorySize = machine.memorySize();
  const show = (index: number): Shown =>
    showTyped(code.names.globals.get(index) ?? `$globals[${index}]`, machine.globals()[index], {
      evaluateName: `$globals[${index}]`,
      memorySize,
    });
  const indexes = machine.globals().map((_, index) => index);
  return numbers(indexes, { of: { kind: 'global' }, show });
}

/** An integer that may be an address has the memory there to look at. */
function showTyped(
  name: string,
  value: TypedValue | undefined,
  { evaluateName, memorySize }: { readonly evaluateName: string; readonly memorySize: number },
): Shown {
  if (value === undefined) return { name, value: '' };
  const { type, bits } = value;
  const isAddress = type === 'i32' && bits < BigInt(memorySize);
  const number = typedToScalar(value);
  return {
    name,
    value: number === null ? 'null' : Object.is(number, -0) ? '-0' : String(number),
    type,
    evaluateName,
    ...(isAddress ? { memoryReference: `0x${bits.toString(16)}` } : {}),
  };
}

function environmentOf({ timeline }: Session): Inside {
  const { machine, count } = timeline;
  const { environment } = machine;
  const { message, limits, sends, logs, answers, before, state } = environment;
  const args = readable(message.args);
  const rows: readonly Shown[] = [
    showValue('from', message.from, '$from'),
    showValue('to', message.to, '$to'),
    showValue('method', message.method, '$method'),
    argumentsOf(args),
    showValue('message', message.id, '$id'),
    showValue('replyTo', message.replyTo),
    { name: 'gasLeft', value: countToText(machine.position().gasLeft), evaluateName: '$gas' },
    { name: 'gasLimit', value: countToText(limits.gas) },
    { name: 'instructions', value: countToText(count), evaluateName: '$count' },
    showValue('time', environment.time, '$time'),
    showValue('seed', environment.seed, '$seed'),
    showValue('randomDrawn', environment.randomDrawn),
    {
      name: 'memory',
      value: `${machine.memorySize() >>> 16} of at most ${limits.pages} pages`,
      memoryReference: '0x0',
    },
    showValue('stackLimit', limits.stack),
    list('answers', answers.length, (place) => {
      const answer = answers[place];
      if (answer === undefined) return showValue(String(place), null);
      const given = 'fail' in answer ? { fail: answer.fail } : { value: answer.value };
      return showValue(String(place), { import: answer.import, ...given });
    }),
    showValue('reply', environment.reply === null ? null : readable(environment.reply), '$reply'),
    list('sends', sends.length, (place) => showSend(String(place), sends[place])),
    list('logs', logs.length, (place) => ({ name: String(place), value: visible(logs[place] ?? '') })),
    changesOf(before, state),
  ];
  return nodes(rows.length, (place) => rows[place] ?? showValue('', null));
}

/** Each has an expression; all of them together can't be one. */
function argumentsOf(args: Value): Shown {
  const { evaluateName: _evaluateName, ...shown } = showValue('arguments', args, '$args');
  return shown;
}

const list = (name: string, total: number, show: (place: number) => Shown): Shown => ({
  name,
  value: total === 0 ? 'none' : countToText(total),
  inside: nodes(total, show, true),
});

function showSend(name: string, draft: Environment['sends'][number] | undefined): Shown {
  if (draft === undefined) return { name, value: '' };
  const { to, method, args, replyTo, gas } = draft;
  const fields: { readonly [key: string]: Value } = { to, method, arguments: readable(args), replyTo, gas };
  return { ...showValue(name, fields), value: `${to} ${visible(method)}${valueToText(readable(args))}` };
}

/** Import calls that are seen by running a part again before the others are asked for. */
const importPage = 1000;

/** Those that were made so far, from this one on. */
function importsOf(session: Session, first: number): Inside {
  const { timeline, code } = session;
  // What is imported and was called from outside is called at no moment.
  const made = timeline.keyframes.all.length === 0 ? 0 : timeline.machine.importCalls();
  return {
    indexed: true,
    total: Math.max(0, made - first),
    page(start, count) {
      const window = { first: first + start, count: Math.min(count, importPage), before: timeline.count };
      const calls =
        window.first < made ? finish(session.look(() => importCalls(timeline, code, window))) : [];
      const next = window.first + calls.length;
      const isCut = count > importPage && calls.length > 0 && next < made;
      const more: Shown = { name: '…', value: 'more', inside: importsOf(session, next) };
      return [...calls.map(({ call }) => showCall(call)), ...(isCut ? [more] : [])];
    },
  };
}

function showCall({ index, set, name, args, result, refused }: ImportCall): Shown {
  const values = args.map((arg) => `${arg.name}: ${valueToText(arg.value)}`).join(', ');
  const outcome =
    refused === null ? (result === null ? '' : ` → ${result}`) : ` refused: ${visible(refused)}`;
  const fields = Object.fromEntries(args.map((arg) => [arg.name, arg.value]));
  return { ...showValue(String(index), fields), value: `${set}.${name}(${values})${outcome}` };
}

/** Keys that differ are looked for when they are asked for. */
function changesOf(before: StateTree, state: StateTree): Shown {
  const text = (value: Uint8Array | undefined): string =>
    value === undefined ? 'nothing' : valueToText(readable(value));
  const isWritten = before !== state;
  return {
    name: 'writes',
    value: isWritten ? 'to the state' : 'none',
    inside: {
      indexed: false,
      total: isWritten ? null : 0,
      page: (start, count) =>
        [...diffTrees(before, state)].slice(start, start + count).map((change) => ({
          name: visible(bytesToKeyText(change.key)),
          value: `${text(change.before)} → ${text(change.after)}`,
        })),
    },
  };
}

/** Entries of a level that are shown before the others are asked for. */
const levelPage = 200;

/** What is directly under a prefix, which is empty or ends with `/`, after an entry of it. */
function levelOf(tree: StateTree, prefix: Uint8Array, after: Uint8Array | null): Inside {
  const rows = (): readonly Shown[] => {
    const entries = levelEntries(tree, prefix, { after, count: levelPage + 1 });
    const shown = entries.slice(0, levelPage).map((entry): Shown => {
      const key = concatBytes([prefix, entry.name]);
      const name = visible(bytesToKeyText(entry.name));
      if (entry.isLevel) return { name, value: '', inside: levelOf(tree, key, null) };
      return showValue(name, readable(entry.value), `$state[${JSON.stringify(bytesToKeyText(key))}]`);
    });
    const last = entries[levelPage - 1]?.name;
    const hasMore = entries.length > levelPage && last !== undefined;
    return hasMore ? [...shown, { name: '…', value: 'more', inside: levelOf(tree, prefix, last) }] : shown;
  };
  return {
    indexed: false,
    total: null,
    statePathOf: (name) => `${bytesToKeyText(prefix)}${name}`,
    page: (start, count) => rows().slice(start, start + count),
  };
}

const noBytes = new Uint8Array();
