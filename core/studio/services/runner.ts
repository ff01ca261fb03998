/** Delivers what is pending in short turns, so that whoever owns the thread can answer calls while a world runs. */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { type Event, createEmitter } from '../../base/events';
import { type Fault, fault } from '../../base/fault';
import { hashToText } from '../../base/hash';
import { type Result, err } from '../../base/result';
import { MissingBlock, StorageError } from '../../base/storage';
import type { Branch } from '../../history/branch';
import { damageFault } from '../../history/damage';
import { DamagedBlock } from '../../history/stored-value';
import type { Receipt } from '../../kernel/receipt';
import type { Busy } from '../../kernel/scheduler';
import type { WorldStatus } from '../protocol/world';
import type { Gate } from './gate';
import { createHolding } from './holding';
import { faultToWire } from './wire-values';

export interface Runner extends Disposable {
  status(): WorldStatus;
  /** What ended the world, so that it delivers nothing more; `null` while it goes on. */
  readonly failure: Fault | null;
  /** At most 30 times a second; the last of a burst is always told. */
  readonly onStatus: Event<WorldStatus>;
  /** Kernels that take nothing, because a breakpoint holds back a message to one of them. */
  readonly busy: Busy;
  /** Delivers the message that a breakpoint holds back, as of when its run began. */
  release(): Result<Receipt, Fault>;
  /** Delivers a waiting message out of turn, unless a breakpoint holds it back, or its kernel is busy. */
  deliver(id: number): Promise<Result<Receipt, Fault>>;
  /** There may be something to deliver. */
  wake(): void;
  /** The breakpoints are others. */
  lookAgain(): void;
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
  const holding = createHolding({ branch, clock, gate });
  const statuses = createEmitter<WorldStatus>();
  const told = createThrottle(clock, () => statuses.emit(status()));
  let stopped = options.paused;
  let failure: Fault | null = null;
  let turn: Disposable | null = null;
  let waiting: { readonly length: number; readonly resolve: () => void }[] = [];

  /** When all that was delivered became durable last. */
  let settled = -Infinity;

  /** The schedule holds back all that waits, until something happens. */
  let heldBack = false;

  const canRun = () => !stopped && failure === null && !heldBack && branch.pending > 0;

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
      if (holding.isCareful) {
        settle();
        heldBack = holding.run(mostInTurn, end);
      } else heldBack = branch.advance(mostInTurn, { goesOn: () => clock.now() < end }) === 0;
      const isDone = !canRun() || branch.next(holding.busy) === undefined;
      if (isDone || clock.now() >= settled + settleEvery) settle();
    } catch (error) {
      fail(error);
    }
    told.tell();
    goOn();
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

  function deliverNow(id: number, time?: number): Result<Receipt, Fault> {
    if (failure !== null) return err(failure);
    try {
      return branch.deliver(id, time);
    } catch (error) {
      return err(fail(error));
    } finally {
      wake();
    }
  }

  function wake(): void {
    heldBack = false;
    told.tell();
    goOn();
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
    busy: holding.busy,
    release() {
      const { id, time } = holding.release();
      return deliverNow(id, time);
    },
    async deliver(id) {
      settleOrFail();
      if (failure !== null) return err(failure);
      const cleared = await holding.clear(id);
      return cleared.ok ? deliverNow(id) : cleared;
    },
    wake,
    lookAgain() {
      holding.lookAgain();
      wake();
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
      wake();
    },
    reached: (length) =>
      new Promise((resolve) => {
        waiting.push({ length, resolve });
        goOn();
      }),
    dispose() {
      settleOrFail();
      turn?.dispose();
      holding.dispose();
      told.dispose();
      for (const { resolve } of waiting) resolve();
    },
  };
}

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
