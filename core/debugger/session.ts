/** Stepping through the run of one message, on and back. */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type Replaced, editProblem } from '../container/wasm-stepping/apply-edit';
import type { Edit, EditAt } from '../environment/edit';
import type { CodePosition } from '../environment/outcome';
import type { DebugCode } from './code';
import type { Breakpoint } from './breakpoint';
import type { Hit } from './hit';
import type { KeyframeBounds } from './keyframes';
import type { LoggedLines } from './logged-lines';
import { type Lookout, createLookout } from './lookout';
import { type Position, isAuthored, positionOf } from './position';
import { type Interruption, type StepMove, createStepping } from './stepping';
import { type Steps, finish } from './steps';
import type { Subject } from './subject';
import { type Target, findTarget } from './target';
import { type Place, type RunEnd, type Timeline, createTimeline } from './timeline';

export type Move =
  | (StepMove & { readonly times: number })
  /** To the next breakpoint, or to the one before. */
  | { readonly kind: 'continue'; readonly back: boolean }
  /**
   * To the first moment of all at which a breakpoint stops, the beginning included; stopped there, it goes on to the first
   * line that the author wrote.
   */
  | { readonly kind: 'from start' }
  | { readonly kind: 'to cursor'; readonly at: Target; readonly back: boolean }
  /** To the moment before the instruction of this number, from 0. */
  | { readonly kind: 'to count'; readonly count: number }
  /** To the Nth pass of a place, from 1. */
  | { readonly kind: 'to pass'; readonly at: Target; readonly nth: number }
  /** To the beginning; by line, to the first line that the author wrote. */
  | { readonly kind: 'restart'; readonly by: 'line' | 'instruction' }
  /** Just before the trap that ends it; to the end when none does. */
  | { readonly kind: 'to trap' }
  | { readonly kind: 'to end' };

/** Why it stands where it stands. */
export type Reason =
  | 'moved'
  | 'paused'
  /** There was nothing further on the way back. */
  | 'start'
  | Interruption;

/** A border of the message that a step came to: what lies beyond is another message's run. */
export type Crossing =
  /** A step in queued a message: the first one it queued, by its number among those of the run. */
  | { readonly kind: 'sent'; readonly ordinal: number }
  /** A step back came from the beginning. */
  | { readonly kind: 'began' };

/** A change by hand that was made in a session. */
export interface MadeEdit {
  /** Never used again in this session. */
  readonly id: number;
  readonly at: EditAt;
  /** Of the call whose local or operand it is, of the innermost for all else. */
  readonly place: CodePosition;
  /** `undefined` for an answer, which takes the place of nothing. */
  readonly replaced: Replaced | undefined;
}

export interface Session {
  readonly subject: Subject;
  readonly code: DebugCode;
  readonly timeline: Timeline;
  readonly end: RunEnd | null;
  position(): Position;
  /** In place of those before; they are looked out for by the next move. */
  arm(breakpoints: readonly Breakpoint[]): void;
  /** The breakpoints that stopped the last move. */
  readonly hits: readonly Hit[];
  /** The trap that it stands before; `null` before none. */
  trap(): ReturnType<Lookout['trapHere']>;
  /** That the last move came to. */
  readonly crossing: Crossing | null;
  /** What log points wrote where moves went on. */
  readonly logged: LoggedLines;
  /** Calls that are on, innermost first; none at the end. */
  frames(first: number, count: number): readonly CodePosition[];
  /** Ended before its end, it goes back to where it was. */
  move(move: Move): Steps<Result<Reason, Fault>>;
  /** Answers a question for which the timeline goes elsewhere, and comes back to the present moment. */
  look<T>(question: () => Steps<T>): Steps<T>;
  /**
   * Changes something at the present moment. From here on it is what would have been; before it, what was. A fault when
   * there is no such thing, or nothing comes after this moment.
   */
  edit(edit: Edit): Result<void, Fault<'bad-edit' | 'run-over'>>;
  /** What was changed here, in the order of the run. */
  edits(): readonly MadeEdit[];
  /** Takes a change back, later ones with it. Goes back to its moment when it stands there or after it. */
  undo(id: number): Steps<Result<void, Fault<'no-edit'>>>;
  /** Whether anything was changed here, at any moment. */
  readonly isEdited: boolean;
  /** Edits that were made here, at this moment or before it: with any, what is seen never was. */
  readonly whatIf: number;
  /** Makes the move that is on end at its next step: where it came to, or where it began when it searches back. */
  pause(): void;
  /** It is not to be used after that. */
  dispose(): void;
}

/**
 * A stop holds on to what was seen at the one before, too: together with the run's own memory that is less than twice as
 * much again. Eight bytes are copied in about the time that an instruction takes.
 */
const usualKeyframes: KeyframeBounds = { spacing: 250_000, budget: 96 << 20, bytesPerInstruction: 8 };

/** Stands at the first instruction. */
export function createSession(
  subject: Subject,
  code: DebugCode,
  keyframes: KeyframeBounds = usualKeyframes,
): Session {
  const timeline = createTimeline({
    code: code.stepping,
    entry: subject.entry,
    environment: subject.environment(),
    keyframes,
  });
  const { machine } = timeline;
  const lookout = createLookout(timeline, code, subject);
  const stepping = createStepping(timeline, code, lookout.advance);
  /** For moves that go past all breakpoints. */
  const straight = createLookout(timeline, code, subject);
  /** All others are inputs of the run, as it was. */
  const made = new WeakMap<EditAt, Pick<MadeEdit, 'id' | 'place'>>();
  let nextEdit = 0;
  let hits: readonly Hit[] = [];
  let crossing: Crossing | null = null;
  let isPausing = false;
  const ownEdits = () => timeline.edits.filter((edit) => made.has(edit));
  const isAtEnd = (): boolean => timeline.end !== null && timeline.count === timeline.end.count;

  function* step({ times, ...move }: StepMove & { readonly times: number }): Steps<Reason> {
    for (let time = 0; time < times; time++) {
      if (move.back) {
        const from = timeline.count;
        const reason = yield* backTo(yield* stepping.backward(move), from);
        if (reason === 'breakpoint') return reason;
        if (timeline.count > 0) continue;
        if (comesFromBeginning(move, from)) crossing = { kind: 'began' };
        return 'start';
      } else {
        const queued = machine.environment.sends.length;
        const interruption = yield* stepping.forward(move);
        const isSent = move.kind === 'in' && machine.environment.sends.length > queued;
        if (isSent && (interruption === null || interruption === 'end')) {
          crossing = { kind: 'sent', ordinal: queued };
          return interruption ?? 'moved';
        }
        if (interruption !== null) return interruption;
      }
    }
    return 'moved';
  }

  /** By line, the run begins with the first one that the author wrote. */
  function comesFromBeginning({ kind, by }: StepMove, from: number): boolean {
    if (kind === 'over') return false;
    const isBeforeLines = by === 'line' && isWritten() && !isAuthored(positionOf(timeline, code).place);
    return kind === 'out' || from === 0 || isBeforeLines;
  }

  const isWritten = (): boolean => code.lines?.starts.some(({ place }) => isAuthored(place)) ?? false;

  /** Back to a moment, or to a breakpoint after it; without a moment, to the beginning. */
  function* backTo(moment: number | null, from: number): Steps<Reason> {
    const met = yield* lookout.lastStop({ after: (moment ?? 0) - 1, before: from });
    yield* timeline.goTo(met ?? moment ?? 0);
    if (met !== null) return 'breakpoint';
    return moment === null ? 'start' : 'moved';
  }

  function* backToPlaces(places: readonly Place[]): Steps<Reason> {
    const from = timeline.count;
    const last = yield* timeline.lastPass(places, { after: -1, before: from });
    return yield* backTo(last?.count ?? null, from);
  }

  function* toPass(places: readonly Place[], nth: number): Steps<Reason> {
    yield* timeline.goTo(0);
    let left = nth - ((yield* timeline.firstPass(places, { after: -1, before: 1 })) === null ? 0 : 1);
    for (; left > 0; left--) {
      const interruption = yield* straight.advance({ places });
      if (interruption !== null) return interruption;
    }
    return 'moved';
  }

  /** From the beginning to the first line that the author wrote, if that is on the way. */
  function* toFirstLine({ forward }: Pick<typeof stepping, 'forward'>): Steps<void> {
    yield* timeline.goTo(0);
    if (!isWritten() || isAuthored(positionOf(timeline, code).place)) return;
    if ((yield* forward({ kind: 'in', back: false, by: 'line' })) !== null) yield* timeline.goTo(0);
  }

  function* go(asked: Move): Steps<Result<Reason, Fault>> {
    switch (asked.kind) {
      case 'in':
      case 'over':
      case 'out':
        return ok(yield* step(asked));
      case 'continue':
        return ok(
          asked.back ? yield* backTo(null, timeline.count) : ((yield* lookout.advance({})) ?? 'moved'),
        );
      case 'from start':
        return ok((yield* lookout.start()) ?? 'moved');
      case 'to cursor': {
        const found = findTarget(asked.at, code);
        if (!found.ok) return found;
        const { places } = found.value;
        return ok(
          asked.back ? yield* backToPlaces(places) : ((yield* lookout.advance({ places })) ?? 'moved'),
        );
      }
      case 'to pass': {
        const found = findTarget(asked.at, code);
        return found.ok ? ok(yield* toPass(found.value.places, asked.nth)) : found;
      }
      case 'to count':
        yield* timeline.goTo(asked.count);
        return ok(isAtEnd() ? 'end' : 'moved');
      case 'restart':
        if (asked.by === 'line') yield* toFirstLine(createStepping(timeline, code, straight.advance));
        else yield* timeline.goTo(0);
        return ok('moved');
      case 'to trap':
        yield* timeline.goTo(timeline.end?.count ?? Infinity);
        if (timeline.end?.result.outcome.kind !== 'trap') return ok('end');
        yield* timeline.goTo(timeline.end.count - 1);
        return ok('trap');
      case 'to end':
        yield* timeline.goTo(timeline.end?.count ?? Infinity);
        return ok('end');
    }
  }

  function* goAndSee(asked: Move): Steps<Result<Reason, Fault>> {
    hits = [];
    crossing = null;
    const reason = yield* go(asked);
    if (!reason.ok || reason.value !== 'breakpoint') return reason;
    hits = yield* lookout.hitsAt(timeline.count);
    if (asked.kind === 'from start' && timeline.count === 0) yield* toFirstLine(stepping);
    return reason;
  }

  function* move(asked: Move): Steps<Result<Reason, Fault>> {
    const from = timeline.count;
    const steps = goAndSee(asked);
    let stays = false;
    isPausing = false;
    try {
      for (;;) {
        const step = steps.next();
        const isSearching = ('back' in asked && asked.back) || timeline.count < from;
        stays = step.done === true || (isPausing && !isSearching);
        if (step.done === true) return step.value;
        if (isPausing) return ok('paused');
        yield step.value;
      }
    } finally {
      if (!stays) finish(timeline.goTo(from));
    }
  }

  function* look<T>(question: () => Steps<T>): Steps<T> {
    const from = timeline.count;
    try {
      return yield* question();
    } finally {
      finish(timeline.goTo(from));
    }
  }

  return {
    subject,
    code,
    timeline,
    get end() {
      return timeline.end;
    },
    arm: lookout.arm,
    get hits() {
      return hits;
    },
    trap: lookout.trapHere,
    get crossing() {
      return crossing;
    },
    logged: lookout.logged,
    position: () => positionOf(timeline, code),
    frames: (first, count) => (isAtEnd() ? [] : machine.frames(first, count).map(({ position }) => position)),
    move,
    look,
    edit(edit) {
      if (isAtEnd()) return err(runOver);
      const problem = editProblem(machine, edit);
      if (problem !== null) return err(fault('bad-edit', problem));
      const frame = 'frame' in edit ? edit.frame : 0;
      const place = machine.frames(frame, 1)[0]?.position ?? machine.position();
      const at = timeline.edit(edit);
      made.set(at, { id: nextEdit++, place });
      lookout.forgetAfter(timeline.count);
      return ok(undefined);
    },
    edits: () =>
      timeline.edits.flatMap((at) => {
        const known = made.get(at);
        return known === undefined ? [] : [{ ...known, at, replaced: timeline.replacedBy(at) }];
      }),
    *undo(id) {
      const edit = timeline.edits.find((each) => made.get(each)?.id === id);
      if (edit === undefined) return err(noEdit);
      lookout.forgetAfter(edit.count);
      yield* timeline.undo(edit);
      return ok(undefined);
    },
    get isEdited() {
      return ownEdits().length > 0;
    },
    get whatIf() {
      return ownEdits().filter(({ count }) => count <= timeline.count).length;
    },
    pause: () => void (isPausing = true),
    dispose: () => machine.dispose(),
  };
}

const noEdit = fault('no-edit', 'that change was taken back already');

const runOver = fault(
  'run-over',
  'the run is over: nothing comes after this moment that a change could be for',
  {
    remedy: 'go back to a moment before the end',
  },
);
