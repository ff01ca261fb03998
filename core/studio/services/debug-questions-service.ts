/** Answers questions about the whole run that a session steps through. */
import type { Fault } from '../../base/fault';
import { type Result, ok } from '../../base/result';
import { type WatchedValue, changesOf } from '../../debugger/changes';
import { courseOf } from '../../debugger/course';
import { explainTrap } from '../../debugger/explain-trap';
import { parseExpression } from '../../debugger/expression/parse';
import { importCalls } from '../../debugger/import-history';
import { lastWrite } from '../../debugger/last-write';
import { seeAtPasses } from '../../debugger/passes';
import type { Session } from '../../debugger/session';
import type { Steps } from '../../debugger/steps';
import { findTarget } from '../../debugger/target';
import { typedToScalar } from '../../container/wasm-stepping/typed-value';
import type { Returns } from '../protocol/declare';
import type { debugProtocol } from '../protocol/debug';
import type { debugQuestionsProtocol } from '../protocol/debug-questions';
import type { Handlers } from '../rpc/serve';
import type { OpenSession } from './debug-sessions';
import { evaluateText } from './debug-values';
import { type Range, pageOfFrames, pageOfValues, positionToFrame } from './debug-views';
import { importCallToRow } from './import-rows';
import { outcomeToWire } from './receipts';
import { pageOfChanges } from './state-changes';
import { bytesToWire } from './wire-values';

/** Does work on a session in its turn, in slices. */
export type OnSession = <T>(
  id: number,
  signal: AbortSignal,
  work: (open: OpenSession) => Steps<Result<T, Fault>>,
) => Promise<Result<T, Fault>>;

export function createDebugQuestionsService(on: OnSession): Handlers<typeof debugQuestionsProtocol> {
  /** The session stands where it stood when it was asked, however far the answer had to look. */
  const ask = <T>(id: number, signal: AbortSignal, question: (open: OpenSession) => Steps<T>) =>
    on(id, signal, function* (open) {
      return ok(yield* open.session.look(() => question(open)));
    });

  return {
    'debug.lastWrite': ({ session: id, ...range }, signal) =>
      ask(id, signal, function* ({ session: { timeline, code } }) {
        const write = yield* lastWrite(timeline, code, { range, before: timeline.count });
        if (write === null) return { write };
        const { by, ...rest } = write;
        return {
          write: { moment: by.count, place: positionToFrame(by, code), ...rest },
        };
      }),
    'debug.changesOf': ({ session: id, of, after, count }, signal) =>
      ask(id, signal, function* ({ session: { timeline, code } }) {
        const { changes, next } = yield* changesOf(timeline, code, { of, after, count });
        const rows = changes.map(({ by, edited, ...change }) => ({
          moment: by.count,
          place: positionToFrame(by, code),
          edited,
          before: watchedToWire(change.before),
          after: watchedToWire(change.after),
        }));
        return { rows, next };
      }),
    'debug.valuesAt': ({ session: id, at, expression, after, count }, signal) =>
      on(id, signal, function* ({ session }) {
        const parsed = parseExpression(expression);
        if (!parsed.ok) return parsed;
        const found = findTarget(at, session.code);
        if (!found.ok) return found;
        const { rows, next } = yield* session.look(() =>
          seeAtPasses(session.timeline, found.value.places, { after, count }, () =>
            evaluateText(expression, session, 0),
          ),
        );
        return ok({ rows: rows.map(({ moment, seen }) => ({ moment, value: seen })), next });
      }),
    'debug.marks': ({ session: id, stretches }, signal) =>
      ask(id, signal, function* ({ session: { timeline } }) {
        const course = yield* courseOf(timeline, stretches);
        return {
          end: course.end.count,
          outcome: outcomeToWire(course.end.result.outcome, []),
          stretches: [...course.stretches],
        };
      }),
    'debug.trap': ({ session: id }, signal) => ask(id, signal, explained),
  };
}

type Explained = Returns<typeof debugQuestionsProtocol, 'debug.trap'>;

/** Import calls before a trap that are told with it. */
const lastImports = 10;
const mostRows = { start: 0, count: 100 };

function* explained(open: OpenSession): Steps<Explained> {
  const { session } = open;
  const { timeline, code } = session;
  const { machine } = timeline;
  yield* timeline.goTo(timeline.end?.count ?? Infinity);
  const { end } = timeline;
  if (end?.result.outcome.kind !== 'trap') return { trap: null };
  const { outcome } = end.result;
  const { reason, detail } = outcome;
  const total = machine.importCalls();
  const first = Math.max(0, total - lastImports);
  const calls = yield* importCalls(timeline, code, { first, count: lastImports, before: end.count });
  const imports = calls.map((seen) => seenToWire(seen, session)).toReversed();
  if (end.count === 0) {
    const none = { frames: [], operands: [], imports, changes: [], changesTotal: 0, sends: 0 };
    return { trap: { moment: 0, reason, detail, explanation: `${detail ?? reason}.`, ...none } };
  }
  yield* timeline.goTo(end.count - 1);
  const { before, state, sends } = machine.environment;
  const changes = pageOfChanges(before, state, mostRows);
  return {
    trap: {
      moment: end.count - 1,
      reason,
      detail,
      explanation: explainTrap(outcome, machine, code),
      frames: [...pageOfFrames(session, mostRows).rows],
      operands: [...pageOfValues({ ...open, before: null }, 'operands', { frame: 0, ...mostRows }).rows],
      imports,
      changes: [...changes.rows],
      changesTotal: changes.total,
      sends: sends.length,
    },
  };
}

type ImportsPage = Returns<typeof debugProtocol, 'debug.imports'>;

/** Import calls that were made before the present moment. */
export function* pageOfImports(session: Session, { start, count }: Range): Steps<ImportsPage> {
  const { timeline, code } = session;
  // What is imported and was called from outside is called at no moment.
  const total = timeline.keyframes.all.length === 0 ? 0 : timeline.machine.importCalls();
  const window = { first: start, count: Math.min(count, total - start), before: timeline.count };
  const calls = start < total ? yield* session.look(() => importCalls(timeline, code, window)) : [];
  return { start, total, rows: calls.map((seen) => seenToWire(seen, session)) };
}

const seenToWire = (
  { moment, call }: { readonly moment: number; readonly call: Parameters<typeof importCallToRow>[0] },
  { code }: Session,
): ImportsPage['rows'][number] => ({
  moment,
  call: {
    ...importCallToRow(call),
    stack: call.stack.map((position) => positionToFrame(position, code)),
  },
});

const watchedToWire = (value: WatchedValue) =>
  value === null || value instanceof Uint8Array ? value && bytesToWire(value) : typedToScalar(value);
