/**
 * One run of code as a line of moments to go along in both directions. A moment's number is the count of instructions
 * executed before it; the last one is the run's end. Going back is to restore the keyframe before and to run forward.
 */
import { assert } from '../base/result';
import type { RunResult, Entry } from '../container/container';
import { type Replaced, applyEdit, applyStoredEdit, replacedBy } from '../container/wasm-stepping/apply-edit';
import type { SteppingCode, SteppingMachine, Snapshot } from '../container/wasm-stepping/machine';
import type { Breakpoint, Stop, Until } from '../container/wasm-stepping/stop';
import type { Edit, EditAt } from '../environment/edit';
import type { Environment } from '../environment/environment';
import { type KeyframeBounds, type Keyframes, createKeyframes } from './keyframes';
import type { Steps } from './steps';

export interface Timeline {
  /** Stands at the present moment. Whoever runs it leaves the moment to the timeline. */
  readonly machine: SteppingMachine;
  /** The present moment. */
  readonly count: number;
  /** Known once the run was followed to it. */
  readonly end: RunEnd | null;
  /** The furthest moment that was reached. */
  readonly explored: number;
  readonly keyframes: Keyframes<Snapshot>;
  /** What is changed by hand on the way, in order. */
  readonly edits: readonly EditAt[];
  /** The next moment at which something is changed by hand; `Infinity` when there is none. */
  nextEdit(): number;
  /** What such a change of a value took the place of. */
  replacedBy(edit: EditAt): Replaced | undefined;
  /** Changes something at the present moment, not the end. What was to come is no more, other edits included. */
  edit(edit: Edit): EditAt;
  /** Takes one of the edits back, later ones with it. Goes back to its moment when it stands there or after it. */
  undo(edit: EditAt): Steps<void>;
  /** To a moment, or to the end when that comes before it. */
  goTo(count: number): Steps<void>;
  /** On, until a condition holds; never ends with a `slice`. Not from the end. */
  run(until: Until): Steps<Stop>;
  /**
   * What is found first in the stretches of the run in a window, the last stretch first. It is looked for in each from its
   * beginning on, where the timeline then stands, to `last`, which is in the window; `from` is not a part of it.
   */
  searchBack<T>(
    window: Window,
    search: (stretch: { readonly from: number; readonly last: number }) => Steps<T | null>,
  ): Steps<T | null>;
  /** The last pass of one of these places; of several at a time, the first of them. Leaves the present moment. */
  lastPass(places: readonly Place[], window: Window): Steps<Pass | null>;
  /** The count of the first pass. Leaves the present moment. */
  firstPass(places: readonly Place[], window: Window): Steps<number | null>;
}

/** The moments between two, both left out. */
export interface Window {
  readonly after: number;
  readonly before: number;
}

export interface Pass {
  readonly count: number;
  /** Which of the places. */
  readonly place: number;
}

export interface RunEnd {
  /** The number of the last moment: of a trap, the one after the instruction that trapped. */
  readonly count: number;
  readonly result: RunResult;
}

/** A place in the code to look out for. */
export type Place = Pick<Breakpoint, 'at' | 'depth'>;

export interface TimelineOptions {
  readonly code: SteppingCode;
  readonly entry: Entry;
  readonly environment: Environment;
  readonly keyframes: KeyframeBounds;
}

/** Instructions of one step: about 3 ms. */
const stepLength = 1_000_000;

/** Instructions between the beginning and the end of a stretch, when it is not the last one: going back to each costs, too. */
const farReach = 750_000;

/** Stands at the first moment. */
export function createTimeline({ code, entry, environment, keyframes: bounds }: TimelineOptions): Timeline {
  const machine = code.createMachine();
  const keyframes = createKeyframes<Snapshot>({
    ...bounds,
    bytesBeyond: (before, kept) => machine.bytesBeyond(kept, before),
  });
  let end: RunEnd | null = null;
  let isOver = false;
  let explored = 0;
  let { edits } = environment;
  const replaced = new WeakMap<EditAt, Replaced>();

  const count = (): number => (isOver && end !== null ? end.count : machine.count);

  function keepIfDue(): void {
    const at = count();
    if (at >= keyframes.due) keyframes.add(at, machine.snapshot());
  }

  function noteEnd(result: RunResult): void {
    const trapped = result.outcome.kind === 'trap' ? 1 : 0;
    end ??= { count: machine.count + trapped, result };
    isOver = true;
  }

  function restoreBefore(moment: number): void {
    const keyframe = keyframes.before(moment);
    assert(keyframe !== undefined, 'the first moment is a keyframe');
    machine.restore(keyframe.kept);
    isOver = false;
  }

  /** When the next edit is made. */
  const nextEdit = (): number =>
    edits.length === 0 ? Infinity : (edits.find(({ count: at }) => at > count())?.count ?? Infinity);

  function makeEdits(): void {
    for (const each of edits) {
      if (each.count !== count()) continue;
      noteReplaced(each);
      applyStoredEdit(machine, each.edit);
    }
  }

  function noteReplaced(each: EditAt): void {
    const value = replacedBy(machine, each.edit);
    if (value !== undefined) replaced.set(each, value);
  }

  /** Before all edits. */
  let origin: Snapshot | null = null;

  function begin(): void {
    origin ??= machine.snapshot();
    const isEdited = edits.some((edit) => edit.count === 0);
    makeEdits();
    keyframes.add(0, isEdited ? machine.snapshot() : origin);
  }

  /** What was to come from a moment on is no more. */
  function forgetFrom(moment: number): void {
    keyframes.dropFrom(moment);
    end = null;
    explored = moment;
  }

  function* run(until: Until): Steps<Stop> {
    assert(!isOver, 'nothing runs at the end');
    for (;;) {
      keepIfDue();
      const edited = nextEdit();
      const target = Math.min(until.count ?? Infinity, keyframes.due, edited);
      const stop = machine.run({ ...until, count: target, slice: stepLength });
      if (stop.kind === 'end') noteEnd(stop.result);
      else if (count() === edited) makeEdits();
      explored = Math.max(explored, count());
      const goesOn = stop.kind === 'slice' || (stop.kind === 'count' && count() !== until.count);
      if (!goesOn) return stop;
      yield count();
    }
  }

  function* goTo(moment: number): Steps<void> {
    const target = end === null ? moment : Math.min(moment, end.count);
    const nearest = keyframes.before(target)?.count ?? 0;
    if (target === count()) return;
    if (isOver || target < count() || nearest > count()) restoreBefore(target);
    if (target > count()) yield* run(target === end?.count ? {} : { count: target, traps: isAtTrap(target) });
    if (target < count()) yield* goTo(target);
  }

  /** The moment before a trap is not always one before an instruction: gas runs out, and calls go too deep, at others. */
  const isAtTrap = (moment: number): boolean =>
    end?.result.outcome.kind === 'trap' && moment === end.count - 1;

  function* searchBack<T>(
    { after, before }: Window,
    search: (stretch: { readonly from: number; readonly last: number }) => Steps<T | null>,
  ): Steps<T | null> {
    let reach = 0;
    for (let last = before - 1; last > Math.max(after, 0);) {
      restoreBefore(Math.max(0, last - 1 - reach));
      const from = count();
      const found = yield* search({ from, last });
      if (found !== null) return found;
      yield from;
      last = from;
      reach = farReach;
    }
    return null;
  }

  function* lastPass(places: readonly Place[], window: Window): Steps<Pass | null> {
    const { after, before } = window;
    const breakpoints = machine.breakpoints(places.map((place) => ({ ...place, stopAt: 'none' })));
    const found = yield* searchBack<Pass>(window, function* ({ last }) {
      breakpoints.reset();
      yield* run({ count: last, breakpoints });
      const passes = places.map((_, place) => breakpoints.lastHit(place) ?? -1);
      const latest = passes.reduce((most, pass) => Math.max(most, pass), -1);
      return latest > after ? { count: latest, place: passes.indexOf(latest) } : null;
    });
    if (found !== null || after >= 0 || before <= 0) return found;
    // A run tests no place where it begins.
    restoreBefore(0);
    const place = places.findIndex(standsAt);
    return place === -1 ? null : { count: 0, place };
  }

  function* firstPass(places: readonly Place[], { after, before }: Window): Steps<number | null> {
    yield* goTo(Math.max(after, 0));
    if (after < 0 && places.some(standsAt)) return 0;
    const breakpoints = machine.breakpoints(places.map((place) => ({ ...place, stopAt: 'each' })));
    const stop = yield* run({ count: before - 1, breakpoints });
    return stop.kind === 'breakpoint' ? count() : null;
  }

  function standsAt({ at, depth }: Place): boolean {
    const position = machine.position();
    if (depth !== undefined && position.depth > depth) return false;
    if ('offset' in at) return position.offset === at.offset;
    return position.function === at.entryOf;
  }

  const stop = machine.start(entry, environment, null);
  if (stop?.kind === 'end') {
    end = { count: 0, result: stop.result };
    isOver = true;
  } else {
    begin();
  }

  return {
    machine,
    get count() {
      return count();
    },
    get end() {
      return end;
    },
    get explored() {
      return explored;
    },
    keyframes,
    get edits() {
      return edits;
    },
    nextEdit,
    replacedBy: (edit) => replaced.get(edit),
    edit(edit) {
      assert(!isOver, 'nothing is changed at the end');
      const at = count();
      const made: EditAt = { count: at, edit };
      edits = [...edits.filter((other) => other.count <= at), made];
      noteReplaced(made);
      applyEdit(machine, edit);
      forgetFrom(at);
      keyframes.add(at, machine.snapshot());
      return made;
    },
    *undo(undone) {
      const { count: at } = undone;
      const isPassed = at <= count();
      edits = edits.filter((edit) => edit !== undone && edit.count <= at);
      forgetFrom(at);
      if (!isPassed) return;
      isOver = false;
      if (at > 0) {
        restoreBefore(at - 1);
        yield* goTo(at);
      } else if (origin !== null) {
        machine.restore(origin);
        begin();
      }
    },
    goTo,
    run,
    searchBack,
    lastPass,
    firstPass,
  };
}
