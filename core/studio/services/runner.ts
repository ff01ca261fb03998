/** Delivers what is pending in short turns, so that whoever owns the thread can answer calls while a world runs. */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { type Event, createEmitter } from '../../base/events';
import { type Fault, fault } from '../../base/fault';
import { hashToText } from '../../base/hash';
import { MissingBlock, StorageError } from '../../base/storage';
import type { Branch } from '../../history/branch';
import { damageFault } from '../../history/damage';
import { DamagedBlock } from '../../history/stored-value';
import type { WorldStatus } from '../protocol/world';
import { faultToWire } from './wire-values';

export interface Runner extends Disposable {
  status(): WorldStatus;
  /** What ended the world, so that it delivers nothing more; `null` while it goes on. */
  readonly failure: Fault | null;
  /** At most 30 times a second; the last of a burst is always told. */
  readonly onStatus: Event<WorldStatus>;
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
  /** Told of what ended the world, beside the status. */
  readonly onBug: (error: unknown) => void;
}): Runner {
  const { branch, clock, onBug } = options;
  const statuses = createEmitter<WorldStatus>();
  const told = createThrottle(clock, () => statuses.emit(status()));
  let stopped = options.paused;
  let failure: Fault | null = null;
  let turn: Disposable | null = null;
  let waiting: { readonly length: number; readonly resolve: () => void }[] = [];

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
      heldBack = branch.run(mostInTurn, () => clock.now() < end) === 0;
    } catch (error) {
      onBug(error);
      failure = failureOf(error);
    }
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
    wake: () => {
      heldBack = false;
      told.tell();
      goOn();
    },
    stop() {
      stopped = true;
      turn?.dispose();
      turn = null;
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
      turn?.dispose();
      told.dispose();
      waiting = [];
    },
  };
}

/**
 * How long one turn delivers, and the most messages in one. Then comes a commit, which waits for the disk: in turns much
 * shorter a running world would do little else, and the slower the disk, the less.
 */
const turnMilliseconds = 20;
const mostInTurn = 2048;

function failureOf(error: unknown): Fault {
  const remedy = 'restart the world: it goes on from its last commit';
  if (error instanceof StorageError) return { ...error.fault, remedy: error.fault.remedy ?? remedy };
  if (error instanceof MissingBlock || error instanceof DamagedBlock) return damageFault(error);
  return fault('world-failed', error instanceof Error ? error.message : String(error), { remedy });
}

const tellEvery = 1000 / 30;

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
      const wait = last + tellEvery - clock.now();
      if (wait <= 0) tellNow();
      else waiting = clock.after(wait, tellNow);
    },
    dispose: () => waiting?.dispose(),
  };
}
