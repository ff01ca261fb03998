/** Sessions that are open. What is asked of one of them is done in turn, each in slices. */
import type { Clock } from '../../base/clock';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { inSlices } from '../../base/slices';
import { type Glance, glanceAt } from '../../debugger/glance';
import type { Session } from '../../debugger/session';
import type { Steps } from '../../debugger/steps';
import type { Receipt } from '../../kernel/receipt';
import type { DebugStop } from '../protocol/debug-values';

export interface OpenSession {
  readonly id: number;
  /** A step may lead into the run of another message. */
  session: Session;
  /** What is to be said about where it stands, beside what there is to see. */
  notes: readonly string[];
  /** Why it stands where it stands. */
  reason: DebugStop['reason'];
  /** Of its message; `null` while that waits to be delivered. */
  receipt: Receipt | null;
  /** Whether its message is held back until it ends. */
  isHolding: boolean;
  /** What was seen at the stop before; `null` at the first one. */
  before: Glance | null;
  /** Notes what is seen now, for the next stop. */
  leave(): void;
  /** In turn, and in slices. The fault when the session was closed meanwhile, or the signal aborted. */
  work<T>(make: () => Steps<T>, signal: AbortSignal): Promise<Result<T, Fault>>;
  /** In turn, too. */
  see<T>(view: () => T): Promise<Result<T, Fault>>;
}

export interface DebugSessions {
  /** A fault when there are too many. */
  add(session: Session): Result<OpenSession, Fault>;
  /** Of a message that is held back until it ends: one more than there may be. */
  hold(session: Session): OpenSession;
  find(id: number): Result<OpenSession, Fault>;
  /** First opened first. */
  all(): readonly OpenSession[];
  /** Once what is on of it came to an end. */
  close(id: number): void;
}

/** Each may hold on to as much memory as its code has, and to its keyframes. */
const mostSessions = 8;

export function createDebugSessions(
  clock: Clock,
  onProgress: (progress: { readonly session: number; readonly count: number }) => void,
): DebugSessions {
  const sessionById = new Map<number, OpenSession>();
  let nextId = 0;

  const find = (id: number): Result<OpenSession, Fault> => {
    const found = sessionById.get(id);
    return found === undefined ? err(noSession(id)) : ok(found);
  };

  const disposeLater = new WeakMap<OpenSession, () => void>();

  function open(session: Session, isHolding: boolean): OpenSession {
    const id = nextId++;
    let last: Promise<unknown> = Promise.resolve();
    let toldAt = clock.now();

    function tell(count: number): void {
      if (clock.now() - toldAt < tellEvery) return;
      toldAt = clock.now();
      onProgress({ session: id, count });
    }

    function inTurn<T>(act: () => Result<T, Fault> | Promise<Result<T, Fault>>): Promise<Result<T, Fault>> {
      const turn = last.then(() => (sessionById.has(id) ? act() : err(noSession(id))));
      last = turn;
      return turn;
    }

    const created: OpenSession = {
      id,
      session,
      notes: [],
      receipt: session.subject.receipt,
      isHolding,
      reason: { kind: 'opened' },
      before: null,
      leave() {
        const { end, timeline } = created.session;
        created.before = end?.count === timeline.count ? null : glanceAt(timeline.machine);
      },
      work: (make, signal) => inTurn(() => inSlices(make(), clock, signal, tell)),
      see: (view) => inTurn(() => ok(view())),
    };
    disposeLater.set(created, () => void last.then(session.dispose));
    sessionById.set(id, created);
    return created;
  }

  return {
    add(session) {
      if (sessionById.size >= mostSessions) {
        return err(
          fault('too-many-sessions', `${mostSessions} messages are stepped through already`, {
            remedy: 'close one of those sessions',
          }),
        );
      }
      return ok(open(session, false));
    },
    hold: (session) => open(session, true),
    find,
    all: () => [...sessionById.values()],
    close(id) {
      const closed = sessionById.get(id);
      if (closed === undefined) return;
      sessionById.delete(id);
      closed.session.pause();
      disposeLater.get(closed)?.();
    },
  };
}

/** Milliseconds between two words on how far it came. */
const tellEvery = 100;

const noSession = (id: number): Fault => fault('no-session', `there is no session ${id}: it was closed`);
