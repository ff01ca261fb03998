/** Answers what windows ask about stepping through messages. */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { type Fault, fault, faultToText } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { goAcross } from '../../debugger/across';
import { type Crossing, type Move, type Reason, type Session, createSession } from '../../debugger/session';
import type { Steps } from '../../debugger/steps';
import { type Subject, nextToSubject, receiptToSubject } from '../../debugger/subject';
import type { Branch } from '../../history/branch';
import type { ImportSet } from '../../imports/import-set';
import type { Receipt } from '../../kernel/receipt';
import type { Params } from '../protocol/declare';
import type { debugProtocol } from '../protocol/debug';
import type { debugBreakpointsProtocol } from '../protocol/debug-breakpoints';
import type { debugCodeProtocol } from '../protocol/debug-code';
import type { debugQuestionsProtocol } from '../protocol/debug-questions';
import type { DebugStop } from '../protocol/debug-values';
import { previewBytes } from '../protocol/wire';
import type { Handlers, Served } from '../rpc/serve';
import type { BreakpointBook } from './breakpoint-book';
import type { CodeBook } from './code-book';
import { createBreakpointService } from './debug-breakpoints';
import { createDebugCodeService } from './debug-code-service';
import { createDebugCodes } from './debug-codes';
import { createDebugQuestionsService, pageOfImports } from './debug-questions-service';
import { type WireEdit, pageOfEdits, readEdit } from './debug-edits';
import { type OpenSession, createDebugSessions } from './debug-sessions';
import { pageOfSends, stateLevel } from './debug-state';
import { evaluateText } from './debug-values';
import { environmentView, isOver, memoryPart, pageOfFrames, pageOfValues, stopOf } from './debug-views';
import type { MakeFork } from './forking';
import { type Gate, createGate } from './gate';
import { createPlacements } from './placements';
import { pageOfChanges } from './state-changes';

export interface DebugServiceParts {
  readonly branch: Branch;
  readonly clock: Clock;
  readonly codes: CodeBook;
  readonly importSets: readonly ImportSet[];
  readonly fork: MakeFork;
  readonly book: BreakpointBook;
  readonly emit: EmitDebugEvent;
  /** Delivers the message that was held back. */
  readonly release: () => Result<Receipt, Fault>;
}

export type EmitDebugEvent = Served<typeof debugProtocol & typeof debugBreakpointsProtocol>['emit'];

export interface DebugService extends Disposable {
  readonly handlers: DebugHandlers;
  /** Holds messages back at breakpoints, each with a session on it. */
  readonly gate: Gate;
}

type DebugHandlers = Handlers<
  typeof debugProtocol &
    typeof debugCodeProtocol &
    typeof debugQuestionsProtocol &
    typeof debugBreakpointsProtocol
>;

export function createDebugService(parts: DebugServiceParts): DebugService {
  const { branch, clock, codes, importSets, book, emit, release } = parts;
  const debugCodes = createDebugCodes(branch, codes, importSets);
  const sessions = createDebugSessions(clock, (progress) => emit('debug.progress', progress));
  const findPlacement = createPlacements(debugCodes, () => branch.inputsAt(branch.length).limits);
  const breakpoints = createBreakpointService({
    branch,
    clock,
    book,
    findPlacement,
    sessions,
    onChange: () => emit('debug.breakpointsChanged', {}),
  });

  const stopped = (open: OpenSession): DebugStop => {
    const { message } = open.session.subject;
    return stopOf(open, branch.world().kernel(message.to));
  };

  function begin(subject: Result<Subject, Fault>): Result<Session, Fault> {
    if (!subject.ok) return subject;
    const code = debugCodes.load(subject.value.code, subject.value.limits);
    if (!code.ok) return code;
    const session = createSession(subject.value, code.value);
    session.arm(book.all);
    return ok(session);
  }

  function* move(open: OpenSession, asked: Move): Steps<Result<DebugStop, Fault>> {
    open.leave();
    const reason = yield* open.session.move(asked);
    if (!reason.ok) return reason;
    open.reason = reasonToWire(reason.value, open.session);
    open.notes = [];
    // What edits made of it is not what is delivered.
    const isDone = isOver(open.session) && !open.session.isEdited;
    const delivered = isDone ? letGo(open) : ok(null);
    if (!delivered.ok) return delivered;
    const { crossing } = open.session;
    if (crossing !== null && 'by' in asked) yield* cross(open, crossing, asked.by);
    return ok(stopped(open));
  }

  /** Goes on in the run of another message; where there is none, it stays and says why. */
  function* cross(open: OpenSession, crossing: Crossing, by: 'line' | 'instruction'): Steps<void> {
    const other = yield* goAcross(open.session, crossing, {
      branch,
      begin: (index) => begin(receiptToSubject(branch, index)),
      by,
      receipt: open.receipt,
    });
    if (!other.ok) {
      open.notes = [faultToText(other.error)];
      return;
    }
    open.session = other.value;
    open.receipt = other.value.subject.receipt;
    breakpoints.sessionsChanged();
    open.before = null;
    open.reason = { kind: 'moved' };
  }

  function change(open: OpenSession, asked: WireEdit): Result<DebugStop, Fault> {
    const edit = readEdit(asked, open.session);
    if (!edit.ok) return edit;
    open.leave();
    const edited = open.session.edit(edit.value);
    if (!edited.ok) return edited;
    open.reason = { kind: 'edited' };
    return ok(stopped(open));
  }

  function* undo(open: OpenSession, edit: number): Steps<Result<DebugStop, Fault>> {
    open.leave();
    const undone = yield* open.session.undo(edit);
    if (!undone.ok) return undone;
    open.reason = { kind: 'undone' };
    open.notes = [];
    return ok(stopped(open));
  }

  /** Delivers the message that it held. */
  function letGo(open: OpenSession): Result<unknown, Fault> {
    if (!open.isHolding) return ok(null);
    open.isHolding = false;
    const delivered = release();
    if (delivered.ok) open.receipt = delivered.value;
    return delivered;
  }

  const gate = createGate({
    branch,
    book,
    findPlacement,
    begin: ({ message }) => begin(nextToSubject(branch, message)),
    hold(session) {
      const open = sessions.hold(session);
      open.reason = reasonToWire('breakpoint', session);
      emit('debug.held', stopped(open));
    },
    lose() {
      const open = sessions.all().find(({ isHolding }) => isHolding);
      if (open === undefined) return;
      sessions.close(open.id);
      emit('debug.lost', { session: open.id });
    },
  });

  /** Work on a session, in its turn. */
  async function on<T>(
    id: number,
    signal: AbortSignal,
    work: (open: OpenSession) => Steps<Result<T, Fault>>,
  ): Promise<Result<T, Fault>> {
    const open = sessions.find(id);
    if (!open.ok) return open;
    const done = await open.value.work(() => work(open.value), signal);
    return done.ok ? done.value : done;
  }

  async function see<T>(id: number, view: (open: OpenSession) => T): Promise<Result<T, Fault>> {
    const open = sessions.find(id);
    return open.ok ? open.value.see(() => view(open.value)) : open;
  }

  const handlers: DebugHandlers = {
    async 'debug.open'({ receipt, at }, signal) {
      const session = begin(receiptToSubject(branch, receipt));
      if (!session.ok) return session;
      const open = sessions.add(session.value);
      if (!open.ok) return open;
      const { id } = open.value;
      const arrived = await on(id, signal, (it) => move(it, openingToMove(at)));
      if (!arrived.ok) {
        sessions.close(id);
        return arrived;
      }
      breakpoints.sessionsChanged();
      const isAsked = arrived.value.reason.kind === 'moved';
      if (isAsked) open.value.reason = { kind: 'opened' };
      return ok(stopped(open.value));
    },
    'debug.close'({ session }) {
      const open = sessions.find(session);
      sessions.close(session);
      breakpoints.sessionsChanged();
      const delivered = open.ok ? letGo(open.value) : ok(null);
      return delivered.ok ? ok({}) : delivered;
    },
    'debug.sessions': () => ok({ sessions: sessions.all().map(stopped) }),
    'debug.where': ({ session }) => see(session, stopped),
    'debug.move': ({ session, move: asked }, signal) => on(session, signal, (open) => move(open, asked)),
    'debug.pause'({ session }) {
      const open = sessions.find(session);
      if (!open.ok) return open;
      open.value.session.pause();
      return ok({});
    },
    'debug.frames': ({ session, ...range }) => see(session, (open) => pageOfFrames(open.session, range)),
    'debug.values': ({ session, of, ...range }) => see(session, (open) => pageOfValues(open, of, range)),
    'debug.memory': ({ session, ...part }) => see(session, (open) => memoryPart(open, part)),
    'debug.environment': ({ session }) => see(session, (open) => environmentView(open.session)),
    'debug.logs': ({ session, start, count }) =>
      see(session, ({ session: { timeline } }) => {
        const { logs } = timeline.machine.environment;
        const rows = logs.slice(start, start + count).map((line) => line.slice(0, previewBytes));
        return { start, total: logs.length, rows };
      }),
    'debug.sends': ({ session, ...range }) =>
      see(session, (open) => pageOfSends(open, { branch, codes }, range)),
    'debug.imports': ({ session, ...range }, signal) =>
      on(session, signal, function* (open) {
        return ok(yield* pageOfImports(open.session, range));
      }),
    'debug.state': ({ session, ...page }) => see(session, (open) => stateLevel(open.session, page)),
    'debug.changes': ({ session, ...range }) =>
      see(session, ({ session: { timeline } }) => {
        const { before, state } = timeline.machine.environment;
        return pageOfChanges(before, state, range);
      }),
    ...createDebugCodeService(debugCodes),
    ...createDebugQuestionsService(on),
    ...breakpoints.handlers,
    'debug.evaluate': ({ session, frame, expressions }) =>
      see(session, (open) => ({
        values: expressions.map((expression) => evaluateText(expression, open.session, frame)),
      })),
    async 'debug.edit'({ session, edit }) {
      const done = await see(session, (open) => change(open, edit));
      return done.ok ? done.value : done;
    },
    'debug.edits': ({ session, ...range }) => see(session, (open) => pageOfEdits(open.session, range)),
    'debug.undo': ({ session, id }, signal) => on(session, signal, (open) => undo(open, id)),
    async 'debug.fork'({ session, name, run }, signal) {
      const open = sessions.find(session);
      if (!open.ok) return open;
      const { subject, timeline, isEdited } = open.value.session;
      if (!isEdited) return err(noEdits);
      const { message } = subject;
      const change = { kind: 'edits', message, edits: timeline.edits } as const;
      return parts.fork(branch, { name, at: subject.time, changes: [change], run }, signal);
    },
  };
  return { handlers, gate, dispose: breakpoints.dispose };
}

function openingToMove(at: Params<typeof debugProtocol, 'debug.open'>['at']): Move {
  switch (at.kind) {
    case 'start':
      return { kind: 'restart', by: at.by };
    case 'count':
      return { kind: 'to count', count: at.count };
    case 'trap':
      return { kind: 'to trap' };
    case 'end':
      return { kind: 'to end' };
  }
}

function reasonToWire(reason: Reason, { trap, hits }: Session): DebugStop['reason'] {
  switch (reason) {
    case 'trap': {
      const ahead = trap();
      return ahead === null
        ? { kind: 'moved' }
        : { kind: 'trap', reason: ahead.reason, detail: ahead.detail };
    }
    case 'breakpoint':
      return { kind: 'breakpoint', hits: hits.map((hit) => ({ ...hit })) };
    default:
      return { kind: reason };
  }
}

const noEdits = fault('no-edits', 'nothing was changed here, so a branch would be the same', {
  remedy: 'change a value or an answer first',
});
