/**
 * The messages of a branch as one run to step through, on and back: past the end of one is the beginning of the next
 * that ran code which can be stepped through.
 */
import type { Disposable } from '../base/disposal';
import { type Event, createEmitter } from '../base/events';
import { type Fault, fault } from '../base/fault';
import type { Hash } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { Branch } from '../history/branch';
import type { Receipt } from '../kernel/receipt';
import { goAcross } from './across';
import type { Breakpoint } from './breakpoint';
import type { DebugCode } from './code';
import { placeTrigger } from './placement';
import { isAuthored } from './position';
import { type Crossing, type Move, type Reason, type Session, createSession } from './session';
import type { StepMove } from './stepping';
import { type Steps, finish } from './steps';
import { receiptToSubject } from './subject';

export interface Playback extends Disposable {
  /** The receipt whose message it stands in. */
  readonly index: number;
  readonly session: Session;
  /** Told of a message when it goes on past its end. */
  readonly onPassed: Event<Pick<Playback, 'index' | 'session'>>;
  /** In place of those before; they are looked out for by the next move. */
  arm(breakpoints: readonly Breakpoint[]): void;
  /**
   * `end` is that of the last message, `start` the beginning of the first one. Ended before its end, it goes back to
   * where it was.
   */
  move(move: PlaybackMove): Steps<Result<Reason, Fault>>;
  /** Makes the move that is on end at its next step: where it came to, or where it began when it searches back. */
  pause(): void;
}

export type PlaybackMove =
  | Course
  /** To the first line of the message of a receipt. */
  | { readonly kind: 'to message'; readonly index: number; readonly back: false };

/** Along the run. */
type Course =
  | StepMove
  /** To the next moment at which a breakpoint stops, or to the one before. Other traps are gone past. */
  | { readonly kind: 'continue'; readonly back: boolean }
  /** On from the beginning of the message it stands in, that moment included. */
  | { readonly kind: 'from start'; readonly back: false };

export interface PlaybackParts {
  readonly branch: Branch;
  /** A fault for code that can't be stepped through. */
  readonly load: (code: Hash) => Result<DebugCode, Fault>;
}

/** One message of it. */
interface Scene {
  readonly index: number;
  readonly session: Session;
  /** Whether a step came to it from where it was sent, to which a step back from its beginning goes again. */
  readonly isEntered: boolean;
}

/** Stands at the first line of the first message from `first` on that can be stepped through. */
export function createPlayback({ branch, load }: PlaybackParts, first: number): Result<Playback, Fault> {
  const passed = createEmitter<Scene>();
  let armed: readonly Breakpoint[] = [];
  let placeable = new WeakMap<DebugCode, readonly Breakpoint[]>();
  const opening = finish(nearest(first, 1, isAny));
  if (opening === null) {
    return err(
      fault('nothing-ran', `no message from #${first} on ran code that can be stepped through`, {
        remedy: 'wasm alone can be stepped through: begin with a message before that one',
      }),
    );
  }
  let now: Scene = opening;
  let isPausing = false;
  finish(now.session.move({ kind: 'restart', by: 'line' }));

  type IsWanted = (receipt: Receipt, code: DebugCode) => boolean;

  /** `null` when no code ran that can be stepped through, and when it isn't wanted. */
  function sceneAt(index: number, isWanted: IsWanted): Scene | null {
    const receipt = branch.receipt(index);
    const code = receipt === undefined || receipt.code === null ? null : load(receipt.code);
    if (receipt === undefined || code?.ok !== true || !isWanted(receipt, code.value)) return null;
    return open(index, code.value);
  }

  /** The scene of this receipt, or of the nearest one beyond it that is wanted; `null` when there is none. */
  function* nearest(index: number, direction: 1 | -1, isWanted: IsWanted): Steps<Scene | null> {
    for (let at = index; at >= 0 && at < branch.length; at += direction) {
      const scene = sceneAt(at, isWanted);
      if (scene !== null) return scene;
      yield 0;
    }
    return null;
  }

  function open(index: number, code: DebugCode): Scene | null {
    const subject = receiptToSubject(branch, index);
    if (!subject.ok) return null;
    const session = createSession(subject.value, code);
    session.arm(armed);
    return { index, session, isEntered: false };
  }

  /** Whether a breakpoint may be met in it: others need not be run. */
  function mayStop({ message, outcome }: Receipt, code: DebugCode): boolean {
    const placed = placeable.get(code) ?? armed.filter(({ on }) => placeTrigger(on, code).ok);
    placeable.set(code, placed);
    return placed.some(({ on }) => {
      if (on.kind === 'trap') return outcome.kind === 'trap';
      return !('kernel' in on) || on.kernel === null || on.kernel === message.to;
    });
  }

  const wantedBy = (move: Course) => (isRun(move) ? mayStop : isAny);

  function enter(scene: Scene, from: Scene): void {
    if (now !== from) dispose(now);
    now = scene;
  }

  function along(move: PlaybackMove, from: Scene): Steps<Result<Reason, Fault>> {
    if (move.kind === 'to message') return toMessage(move.index, from);
    return move.back ? backward(move, from) : forward(move, from);
  }

  function* toMessage(index: number, from: Scene): Steps<Result<Reason, Fault>> {
    const scene = sceneAt(index, isAny);
    if (scene === null) return err(notSteppable(index));
    enter(scene, from);
    return yield* now.session.move({ kind: 'restart', by: 'line' });
  }

  function* forward(move: Course, from: Scene): Steps<Result<Reason, Fault>> {
    for (let asked = inSession(move); ; asked = { kind: 'from start' }) {
      const reason = yield* goOn(asked, isRun(move));
      const { crossing } = now.session;
      const isSent = reason.ok && move.kind === 'in' && crossing !== null;
      if (isSent && (yield* goTo(crossing, move.by, from))) return ok('moved');
      if (!reason.ok || reason.value !== 'end') return reason;
      passed.emit(now);
      const next = yield* nearest(now.index + 1, 1, wantedBy(move));
      if (next === null) return yield* toLastEnd(from);
      enter(next, from);
      if (!isRun(move)) return yield* now.session.move({ kind: 'restart', by: move.by });
      if (isPausing) return ok('paused');
    }
  }

  /** Into the message that was sent, or back to where it was; `false`, and where it stood, when there is no such run. */
  function* goTo(crossing: Crossing, by: StepMove['by'], from: Scene): Steps<boolean> {
    const { receipt } = now.session.subject;
    const other = yield* goAcross(now.session, crossing, { branch, begin, by, receipt });
    const index = other.ok ? other.value.subject.receipt?.index : undefined;
    if (!other.ok || index === undefined) return false;
    enter({ index, session: other.value, isEntered: crossing.kind === 'sent' }, from);
    return true;
  }

  function begin(index: number): Result<Session, Fault> {
    const scene = sceneAt(index, isAny);
    return scene === null ? err(notSteppable(index)) : ok(scene.session);
  }

  function* goOn(asked: Move, pastTraps: boolean): Steps<Result<Reason, Fault>> {
    let reason = yield* now.session.move(asked);
    while (pastTraps && reason.ok && reason.value === 'trap') {
      reason = yield* now.session.move({ kind: 'continue', back: false });
    }
    return reason;
  }

  function* toLastEnd(from: Scene): Steps<Result<Reason, Fault>> {
    const last = yield* nearest(branch.length - 1, -1, isAny);
    if (last === null || last.index === now.index) return ok('end');
    enter(last, from);
    return yield* now.session.move({ kind: 'to end' });
  }

  function* backward(move: Course, from: Scene): Steps<Result<Reason, Fault>> {
    for (let hasCrossed = false; ; hasCrossed = true) {
      const { count } = now.session.position();
      const reason = yield* now.session.move(inSession(move));
      if (!reason.ok || reason.value !== 'start') return reason;
      const isThere = !isRun(move) && (hasCrossed || (count > 0 && !isBeforeLines(move)));
      if (isThere) return ok('moved');
      const isEntered = now.isEntered && !isRun(move);
      if (isEntered && (yield* goTo({ kind: 'began' }, move.by, from))) return ok('moved');
      const before = yield* nearest(now.index - 1, -1, wantedBy(move));
      if (before === null) return yield* toBeginning(isRun(move) ? 'line' : move.by, from);
      enter(before, from);
      const ended = yield* now.session.move({ kind: 'to end' });
      if (!ended.ok) return ended;
      if (isPausing) return ok('paused');
    }
  }

  /** Whether it stands in code that the compiler made, before the first line that somebody wrote. */
  function isBeforeLines({ by }: StepMove): boolean {
    const { code, position } = now.session;
    const isWritten = code.lines?.starts.some(({ place }) => isAuthored(place)) ?? false;
    return by === 'line' && isWritten && !isAuthored(position().place);
  }

  function* toBeginning(by: StepMove['by'], from: Scene): Steps<Result<Reason, Fault>> {
    const earliest = yield* nearest(0, 1, isAny);
    if (earliest !== null && earliest.index !== now.index) enter(earliest, from);
    const reason = yield* now.session.move({ kind: 'restart', by });
    return reason.ok ? ok('start') : reason;
  }

  return ok({
    get index() {
      return now.index;
    },
    get session() {
      return now.session;
    },
    onPassed: passed,
    arm(breakpoints) {
      armed = breakpoints;
      placeable = new WeakMap();
      now.session.arm(breakpoints);
    },
    *move(move: PlaybackMove) {
      const from = now;
      const { count } = from.session.position();
      isPausing = false;
      let stays = false;
      try {
        const reason = yield* along(move, from);
        stays = reason.ok && (reason.value !== 'paused' || !move.back);
        return reason;
      } finally {
        if (!stays) {
          enter(from, from);
          finish(from.session.timeline.goTo(count));
        } else if (now !== from) {
          dispose(from);
        }
      }
    },
    pause() {
      isPausing = true;
      now.session.pause();
    },
    dispose: () => dispose(now),
  });
}

const notSteppable = (index: number): Fault =>
  fault('nothing-ran', `the message of #${index} can't be stepped through`);

const isAny = (): boolean => true;

const isRun = (move: Course): move is Exclude<Course, StepMove> =>
  move.kind === 'continue' || move.kind === 'from start';

const inSession = (move: Course): Move => (isRun(move) ? move : { ...move, times: 1 });

const dispose = ({ session }: Scene): void => session.timeline.machine.dispose();
