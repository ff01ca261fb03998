/** Delivers what is pending in short turns, so that whoever owns the thread can answer calls while a world runs. */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { type Event, createEmitter } from '../../base/events';
import { type Fault, fault } from '../../base/fault';
import { hashToText } from '../../base/hash';
import { type Result, assert, err } from '../../base/result';
import { inSlices } from '../../base/slices';
import { MissingBlock, StorageError } from '../../base/storage';
import type { Steps } from '../../debugger/steps';
import type { Branch } from '../../history/branch';
import { damageFault } from '../../history/damage';
import { DamagedBlock } from '../../history/stored-value';
import { oldestOfPairs } from '../../kernel/mailboxes';
import type { Receipt } from '../../kernel/receipt';
import type { Delivery } from '../../kernel/scheduler';
import type { WorldStatus } from '../protocol/world';
import type { Gate } from './gate';
import { faultToWire } from './wire-values';

export interface Runner extends Disposable {
  status(): WorldStatus;
  /** What ended the world, so that it delivers nothing more; `null` while it goes on. */
  readonly failure: Fault | null;
  /** At most 30 times a second; the last of a burst is always told. */
  readonly onStatus: Event<WorldStatus>;
  /** The id of the message that a breakpoint holds back, and all that goes after it; `null` when none does. */
  readonly held: number | null;
  /** Delivers the message that is held back. */
  release(): Result<Receipt, Fault>;
  /** Delivers a waiting message out of turn, unless a breakpoint holds it back. */
  deliver(id: number): Promise<Result<Receipt, Fault>>;
  /** There may be something to deliver. */
  wake(): void;
  stop(): void;
  continue(): void;
  /** Resolves when there are that many receipts, or when it won't deliver more. */
  reached(length: number): Promise<void>;
}

export function createRunner(options: {
  readonly branch: Branch;
  readonly clock: Clock;
  readonly paused: boolean;
  readonly gate: Gate;
  /** Told of what ended the world, beside the status. */
  readonly onBug: (error: unknown) => void;
}): Runner {
  const { branch, clock, gate, onBug } = options;
  const statuses = createEmitter<WorldStatus>();
  const told = createThrottle(clock, () => statuses.emit(status()));
  let stopped = options.paused;
  let failure: Fault | null = null;
  let turn: Disposable | null = null;
  let waiting: { readonly length: number; readonly resolve: () => void }[] = [];

  /** A message that is looked at before it goes, and how many were delivered then. */
  let looking: {
    readonly next: Delivery;
    readonly delivered: number;
    readonly steps: Steps<boolean>;
  } | null = null;
  let held: number | null = null;

  /** When all that was delivered became durable last. */
  let settled = -Infinity;

  /** The schedule holds back all that waits, until something happens. */
  let heldBack = false;

  const canRun = () => !stopped && failure === null && held === null && !heldBack && branch.pending > 0;

  function status(): WorldStatus {
    const { name, length, pending } = branch;
    const state = stopped || failure !== null ? 'stopped' : canRun() ? 'running' : 'ready';
    const shown = failure === null ? null : faultToWire(failure);
    return { state, branch: name, length, pending, root: hashToText(branch.root()), fault: shown };
  }

  function takeTurn(): void {
    turn = null;
    const end = clock.now() + turnMilliseconds;
    try {
      if (gate.isWatching) lookAndRun(end);
      else heldBack = branch.advance(mostInTurn, () => clock.now() < end) === 0;
      const isDone = !canRun() || branch.next() === undefined;
      if (isDone || clock.now() >= settled + settleEvery) settle();
    } catch (error) {
      fail(error);
    }
    told.tell();
    goOn();
  }

  /** What a breakpoint may stop is looked at first, a step of it after the other. */
  function lookAndRun(end: number): void {
    settle();
    do {
      const now = looking ?? lookAtNext(end);
      if (now === null) return;
      looking = now;
      const isNext = branch.delivered === now.delivered && branch.next()?.message.id === now.next.message.id;
      const step = isNext ? now.steps.next() : now.steps.return(false);
      if (step.done !== true) continue;
      looking = null;
      if (!isNext) continue;
      if (step.value) {
        held = now.next.message.id;
        return;
      }
      branch.run(1);
    } while (clock.now() < end);
  }

  /** Delivers all that needn't be looked at before it; `null` when that is all there is. */
  function lookAtNext(end: number): typeof looking {
    const toLookAt = (): Delivery | null => {
      const next = branch.next();
      return next !== undefined && gate.mayStop(next) ? next : null;
    };
    if (toLookAt() === null) {
      heldBack = branch.run(mostInTurn, () => clock.now() < end && toLookAt() === null) === 0;
    }
    const next = toLookAt();
    return next && { next, delivered: branch.delivered, steps: gate.look(next) };
  }

  function settle(): void {
    branch.settle();
    settled = clock.now();
  }

  function fail(error: unknown): Fault {
    onBug(error);
    failure = failureOf(error);
    return failure;
  }

  function settleOrFail(): void {
    try {
      if (failure === null) settle();
    } catch (error) {
      fail(error);
    }
  }

  function deliverNow(id: number): Result<Receipt, Fault> {
    if (failure !== null) return err(failure);
    try {
      return branch.deliver(id);
    } catch (error) {
      return err(fail(error));
    } finally {
      heldBack = false;
      told.tell();
      goOn();
    }
  }

  async function lookAndDeliver(id: number): Promise<Result<Receipt, Fault>> {
    for (;;) {
      settleOrFail();
      if (failure !== null) return err(failure);
      if (held !== null) return err(heldFault(held));
      const waiting = branch.waiting();
      const chosen = waiting.find(({ message }) => message.id === id);
      const mayGo = chosen !== undefined && oldestOfPairs(waiting).has(chosen);
      if (!mayGo || !gate.mayStop(chosen)) return deliverNow(id);
      const { delivered } = branch;
      const stops = await inSlices(gate.look(chosen), clock, new AbortController().signal);
      if (!stops.ok) return stops;
      if (stops.value) {
        held = id;
        return err(heldFault(id));
      }
      if (branch.delivered === delivered) return deliverNow(id);
    }
  }

  function goOn(): void {
    const runs = canRun();
    if (runs) turn ??= clock.after(0, takeTurn);
    const done = waiting.filter(({ length }) => !runs || branch.length >= length);
    waiting = waiting.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }

  goOn();
  return {
    status,
    get failure() {
      return failure;
    },
    onStatus: statuses,
    get held() {
      return held;
    },
    release() {
      assert(held !== null, 'a message is held back');
      const id = held;
      held = null;
      return deliverNow(id);
    },
    deliver: lookAndDeliver,
    wake: () => {
      heldBack = false;
      told.tell();
      goOn();
    },
    stop() {
      stopped = true;
      turn?.dispose();
      turn = null;
      settleOrFail();
      told.tell();
      goOn();
    },
    continue() {
      stopped = false;
      heldBack = false;
      told.tell();
      goOn();
    },
    reached: (length) =>
      new Promise((resolve) => {
        waiting.push({ length, resolve });
        goOn();
      }),
    dispose() {
      settleOrFail();
      turn?.dispose();
      told.dispose();
      waiting = [];
    },
  };
}

export const heldFault = (id: number): Fault =>
  fault('held', `a breakpoint holds back message ${id}, and all that goes after it`, {
    remedy: 'step past its end, or close its session',
  });

/** How long one turn delivers, and the most messages in one. Between two, calls are answered. */
const turnMilliseconds = 20;
const mostInTurn = 2048;

/**
 * How often what is delivered becomes durable while a world runs: as often as it is shown. That waits for the disk: much
 * more often, a running world would do little else, and the slower the disk, the less.
 */
const settleEvery = 1000 / 30;

function failureOf(error: unknown): Fault {
  const remedy = 'restart the world: it goes on from its last commit';
  if (error instanceof StorageError) return { ...error.fault, remedy: error.fault.remedy ?? remedy };
  if (error instanceof MissingBlock || error instanceof DamagedBlock) return damageFault(error);
  return fault('world-failed', error instanceof Error ? error.message : String(error), { remedy });
}

/** Lets the first of a burst through at once, and the last when the time has come. */
function createThrottle(clock: Clock, act: () => void) {
  let last = -Infinity;
  let waiting: Disposable | null = null;
  const tellNow = () => {
    waiting = null;
    last = clock.now();
    act();
  };
  return {
    tell() {
      if (waiting !== null) return;
      const wait = last + settleEvery - clock.now();
      if (wait <= 0) tellNow();
      else waiting = clock.after(wait, tellNow);
    },
    dispose: () => waiting?.dispose(),
  };
}
