/** Answers what windows ask about breakpoints: each is verified against the code that kernels run now, and that of sessions. */
import type { Clock } from '../../base/clock';
import { type Disposable, disposeAll } from '../../base/disposal';
import type { Fault } from '../../base/fault';
import { type Hash, codec, hashToKey, hashToText } from '../../base/hash';
import { type Result, assert, ok } from '../../base/result';
import { inSlices } from '../../base/slices';
import type { Breakpoint } from '../../debugger/breakpoint';
import { otherSource } from '../../debugger/target';
import { rootAddress } from '../../environment/address';
import { isControlMethod } from '../../environment/control';
import type { Branch } from '../../history/branch';
import type { Returns } from '../protocol/declare';
import type { debugBreakpointsProtocol } from '../protocol/debug-breakpoints';
import type { Handlers } from '../rpc/serve';
import type { BreakpointBook } from './breakpoint-book';
import { breakpointToWire, wireToBreakpoint } from './breakpoint-wire';
import type { DebugSessions } from './debug-sessions';
import type { FindPlacement } from './placements';

export interface BreakpointServiceParts {
  readonly branch: Branch;
  readonly clock: Clock;
  readonly book: BreakpointBook;
  readonly findPlacement: FindPlacement;
  readonly sessions: DebugSessions;
  readonly onChange: () => void;
}

type Row = Returns<typeof debugBreakpointsProtocol, 'debug.setBreakpoint'>;

export interface BreakpointService extends Disposable {
  readonly handlers: Handlers<typeof debugBreakpointsProtocol>;
  /** To be told when a session began, ended, or went on in the run of another message. */
  sessionsChanged(): void;
}

export function createBreakpointService(parts: BreakpointServiceParts): BreakpointService {
  const { branch, clock, book, findPlacement, sessions, onChange } = parts;
  /** `null` when code may have changed. */
  let running: readonly RunningCode[] | null = null;
  let seen = branch.length;
  let codeChanges = 0;

  function* runningCodes(): Generator<void, readonly RunningCode[], undefined> {
    if (running !== null) return running;
    const world = branch.world();
    const changesBefore = codeChanges;
    const byCode = new Map<string, { code: Hash; kernels: Set<string> }>();
    let looked = 0;
    for (const address of world.addresses(rootAddress)) {
      const code = world.kernel(address)?.code ?? null;
      if (code !== null) {
        const key = hashToKey(code);
        const known = byCode.get(key) ?? { code, kernels: new Set() };
        known.kernels.add(address);
        byCode.set(key, known);
      }
      if (++looked % 256 === 0) yield;
    }
    const found = [...byCode.values()];
    if (codeChanges === changesBefore) running = found;
    return found;
  }

  /** Those of the past may be of code that no kernel runs any more. */
  const sessionCodes = (): readonly RunningCode[] =>
    sessions.all().map(({ session: { subject } }) => ({
      code: subject.code,
      kernels: new Set([subject.message.to]),
    }));

  function* rowOf(breakpoint: Breakpoint): Generator<void, Row, undefined> {
    const { on } = breakpoint;
    const kernel = 'kernel' in on ? on.kernel : null;
    const isMeant = ({ kernels }: RunningCode): boolean => kernel === null || kernels.has(kernel);
    const keyed = ({ code }: RunningCode) => [hashToKey(code), code] as const;
    const present = new Map((yield* runningCodes()).filter(isMeant).map(keyed));
    const codes = new Map([...present, ...sessionCodes().filter(isMeant).map(keyed)]);
    const reasons: string[] = [];
    let words: string | null = null;
    let line: Row['line'] = null;
    const places: Row['places'] = [];
    let verified = false;
    let isMetLive = false;
    for (const [key, code] of codes) {
      const placed = findPlacement(breakpoint, code);
      yield;
      if (!placed.ok) {
        reasons.push(placed.error);
        continue;
      }
      const cid = hashToText(code, codec.raw);
      // A code that has it where it was asked for says more than one in which it was moved.
      if (!verified || (words !== null && placed.value.words === null)) ({ words, line } = placed.value);
      verified = true;
      isMetLive ||= present.has(key);
      for (const { function: index, offset } of placed.value.positions) {
        if (places.length < mostPlaces) places.push({ code: cid, function: index, offset });
      }
    }
    const told = verified ? (words ?? (isMetLive ? null : inSessionsAlone)) : whyNot(kernel, reasons);
    return {
      id: breakpoint.id,
      breakpoint: breakpointToWire(breakpoint),
      verified,
      words: told,
      line,
      places,
    };
  }

  async function rowsOf(
    breakpoints: readonly Breakpoint[],
    signal: AbortSignal,
  ): Promise<Result<Row[], Fault>> {
    function* all(): Generator<void, Row[], undefined> {
      const rows: Row[] = [];
      for (const breakpoint of breakpoints) rows.push(yield* rowOf(breakpoint));
      return rows;
    }
    return inSlices(all(), clock, signal);
  }

  function changed(): void {
    for (const { session, see } of sessions.all()) void see(() => session.arm(book.all));
    onChange();
  }

  /** Nothing is looked for while there are no breakpoints. Kernels come, go and change their code by messages of their own kind alone. */
  function lookForCode(length: number): void {
    const from = seen;
    seen = length;
    if (book.all.length === 0) {
      running = null;
      return;
    }
    const isChanged = branch
      .receipts(from, length - from)
      .some(({ message, outcome }) => isControlMethod(message.method) && outcome.kind === 'ok');
    if (!isChanged) return;
    running = null;
    codeChanges++;
    onChange();
  }

  const listeners = [book.onChange.on(changed), branch.onCommit.on(({ length }) => lookForCode(length))];

  return {
    handlers: {
      async 'debug.breakpoints'({ start, count }, signal) {
        const rows = await rowsOf(book.all.slice(start, start + count), signal);
        return rows.ok ? ok({ start, total: book.all.length, rows: rows.value }) : rows;
      },
      async 'debug.setBreakpoint'({ id, breakpoint }, signal) {
        const asked = wireToBreakpoint(breakpoint);
        if (!asked.ok) return asked;
        const set = book.set(id, asked.value);
        if (!set.ok) return set;
        const rows = await rowsOf([set.value], signal);
        if (!rows.ok) return rows;
        const [row] = rows.value;
        assert(row !== undefined, 'one breakpoint has one row');
        return ok(row);
      },
      'debug.removeBreakpoints'({ ids }) {
        const removed = book.remove(ids);
        return removed.ok ? ok({}) : removed;
      },
      async 'debug.logged'({ session, start, count }) {
        const open = sessions.find(session);
        if (!open.ok) return open;
        return open.value.see(() => {
          const { all } = open.value.session.logged;
          return { start, total: all.length, rows: all.slice(start, start + count) };
        });
      },
    },
    sessionsChanged() {
      if (book.all.length > 0) onChange();
    },
    dispose: () => disposeAll(listeners),
  };
}

interface RunningCode {
  readonly code: Hash;
  readonly kernels: ReadonlySet<string>;
}

const inSessionsAlone = 'no kernel runs this code any more: it is met in the past that is stepped through';

const mostReasons = 3;

/** The most places of one breakpoint in an answer. */
const mostPlaces = 100;

/** Of several reasons, those count that are about the very source: each code of it may have another. */
function whyNot(kernel: string | null, reasons: readonly string[]): string {
  const [first] = reasons;
  if (first === undefined) return kernel === null ? 'no kernel has code' : `there is no code at ${kernel}`;
  const own = new Set(reasons.filter((reason) => !reason.startsWith(otherSource)));
  return own.size === 0 ? first : [...own].slice(0, mostReasons).join('; in other code ');
}
