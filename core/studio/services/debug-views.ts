/** What is to be seen where a session stands, as it crosses to a window. */
import { codec, hashToText, hashesEqual } from '../../base/hash';
import type { CodePosition } from '../../environment/outcome';
import { type TypedValue, typedToScalar } from '../../container/wasm-stepping/typed-value';
import type { DebugCode } from '../../debugger/code';
import { changedBytes, changedValues, isChangedWithin } from '../../debugger/glance';
import type { Session } from '../../debugger/session';
import { variableToDatum } from '../../debugger/variable-value';
import { groupLocals, variablesAt } from '../../debugger/variables';
import type { Kernel } from '../../kernel/kernel';
import type { Params, Returns } from '../protocol/declare';
import type { debugProtocol } from '../protocol/debug';
import type { DebugStop } from '../protocol/debug-values';
import type { CodeFrame } from '../protocol/wire';
import type { OpenSession } from './debug-sessions';
import { datumToPreview } from './debug-values';
import { outcomeToWire } from './receipts';
import { shownCall } from './shown-call';
import { countChanges } from './state-changes';
import { answerToWire, dataToWire } from './wire-values';

/** `kernel`: the one that the message went to, as it is now. */
export function stopOf(
  { id, session, reason, receipt, notes }: OpenSession,
  kernel: Kernel | undefined,
): DebugStop {
  const { subject, code, end } = session;
  const { message } = subject;
  const position = session.position();
  const isGone = isOver(session) && end?.result.outcome.kind === 'ok';
  const next = isOver(session) ? null : session.timeline.machine.nextImport();
  const place = isGone ? null : positionToFrame(position, code);
  const shown = shownCall(session, reason.kind);
  const [call] = shown === 0 ? [] : session.frames(shown, 1);
  return {
    session: id,
    receipt: receipt?.index ?? null,
    message: { id: message.id, from: message.from, to: message.to, method: message.method },
    code: hashToText(subject.code, codec.raw),
    codeName: kernel?.codeName ?? null,
    reason,
    count: position.count,
    place,
    shown: { index: shown, place: call === undefined ? place : positionToFrame(call, code) },
    nextImport: next === null ? null : `${next.set}.${next.name}`,
    depth: isGone ? 0 : position.depth,
    gasLeft: session.timeline.machine.position().gasLeft,
    end: end === null ? null : { count: end.count, outcome: outcomeToWire(end.result.outcome, []) },
    whatIf: session.whatIf,
    edits: session.edits().length,
    notes: [...notes, ...notesOn(session, kernel)],
  };
}

function notesOn({ subject, logged }: Session, kernel: Kernel | undefined): string[] {
  const { to } = subject.message;
  const isOther = kernel !== undefined && (kernel.code === null || !hashesEqual(kernel.code, subject.code));
  return [
    ...(kernel === undefined ? [`there is no kernel ${to} any more`] : []),
    ...(isOther ? [`the code of ${to} was replaced: this is the code that it had then`] : []),
    ...(logged.dropped > 0
      ? [
          `log points wrote ${logged.all.length + logged.dropped} lines: the last ${logged.all.length} are kept`,
        ]
      : []),
  ];
}

export const isOver = ({ end, timeline }: Session): boolean => end !== null && timeline.count === end.count;

export function positionToFrame(position: CodePosition, { names, lines }: DebugCode): CodeFrame {
  const { function: index, offset } = position;
  const place = lines?.sourceOf(index, offset) ?? null;
  return {
    function: index,
    functionName: names.functions.get(index) ?? null,
    offset,
    source: place === null ? null : { ...place, offset },
  };
}

type FramesPage = Returns<typeof debugProtocol, 'debug.frames'>;
type ValuesPage = Returns<typeof debugProtocol, 'debug.values'>;

export interface Range {
  readonly start: number;
  readonly count: number;
}

export function pageOfFrames(session: Session, { start, count }: Range): FramesPage {
  const total = isOver(session) ? 0 : session.position().depth;
  const rows = session.frames(start, count).map((position) => positionToFrame(position, session.code));
  return { start, total, rows };
}

export function pageOfValues(
  { session, before }: OpenSession,
  of: Params<typeof debugProtocol, 'debug.values'>['of'],
  { frame, start, count }: Range & { readonly frame: number },
): ValuesPage {
  const { code, timeline } = session;
  const { names } = code;
  const { machine } = timeline;
  if (of === 'globals') {
    const globals = machine.globals();
    const changed = changedValues(before?.globals ?? null, globals);
    const tell = ({ index }: Indexed) => ({ name: names.globals.get(index) ?? null, source: null });
    return pageOf(globals.map(withIndex), tell, changed, { start, count });
  }
  const [found] = isOver(session) ? [] : machine.frames(frame, 1);
  if (found === undefined) return { start, total: 0, rows: [] };
  const depth = session.position().depth - frame;
  const isSame = before?.function === found.position.function && before.depth === depth;
  const kind = of === 'operands' ? of : 'locals';
  const changed = changedValues(isSame ? before[kind] : null, found[kind]);
  if (of === 'operands') {
    const tell = () => ({ name: null, source: null });
    return pageOf(found.operands.map(withIndex), tell, changed, { start, count });
  }
  const variables = variablesAt(code, found.position);
  const objects = { memory: machine.memory, layouts: code.layouts };
  const objectsBefore = {
    ...objects,
    memory: (address: number, length: number) =>
      before === null ? new Uint8Array() : machine.memoryAt(before.snapshot, address, length),
  };
  const tell = ({ index, ...value }: Indexed): Told => {
    const { name = null, type = null } = variables.get(index) ?? {};
    if (type === null) return { name, source: null };
    const now = variableToDatum(value, type, objects);
    const old = isSame ? variableToDatum(value, type, objectsBefore) : now;
    return { name, source: { type, ...datumToPreview(now) }, isChangedWithin: isChangedWithin(old, now) };
  };
  const { parameters, named, others } = groupLocals(code, found.position, found.locals.length);
  const shown = new Set(of === 'others' ? others : [...parameters, ...named]);
  const values = found.locals.map(withIndex).filter(({ index }) => shown.has(index));
  return pageOf(values, tell, changed, { start, count });
}

interface Indexed extends TypedValue {
  readonly index: number;
}

const withIndex = (value: TypedValue, index: number): Indexed => ({ ...value, index });

/** What the source says of a value. */
type Told = Pick<ValuesPage['rows'][number], 'name' | 'source'> & { readonly isChangedWithin?: boolean };

function pageOf(
  values: readonly Indexed[],
  tell: (value: Indexed) => Told,
  changed: ReadonlySet<number>,
  { start, count }: Range,
): ValuesPage {
  const rows = values.slice(start, start + count).map((value) => {
    const { index, type, bits } = value;
    const { name, source, isChangedWithin: isWritten = false } = tell(value);
    return {
      index,
      name,
      source,
      type,
      bits,
      value: typedToScalar(value),
      changed: changed.has(index) || isWritten,
    };
  });
  return { start, total: values.length, rows };
}

export function memoryPart(
  { session, before }: OpenSession,
  { address, length }: { readonly address: number; readonly length: number },
): Returns<typeof debugProtocol, 'debug.memory'> {
  const { machine } = session.timeline;
  const bytes = machine.memory(address, length);
  const old = before === null ? bytes : machine.memoryAt(before.snapshot, address, length);
  const changed = changedBytes(old, bytes).map((part) => ({ ...part, address: part.address + address }));
  return { bytes, size: machine.memorySize(), changed };
}

export function environmentView(session: Session): Returns<typeof debugProtocol, 'debug.environment'> {
  const { machine } = session.timeline;
  const { message, limits, time, seed, answers, before, state, sends, logs, reply, randomDrawn } =
    machine.environment;
  return {
    message: { from: message.from, to: message.to, method: message.method, id: message.id },
    gasLimit: limits.gas,
    gasLeft: machine.position().gasLeft,
    time,
    seed,
    pages: limits.pages,
    stack: limits.stack,
    answers: answers.map(answerToWire),
    writes: countChanges(before, state),
    sends: sends.length,
    logs: logs.length,
    importCalls: machine.importCalls(),
    reply: reply === null ? null : dataToWire(reply),
    randomDrawn,
  };
}
