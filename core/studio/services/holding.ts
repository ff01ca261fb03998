/**
 * Delivers what breakpoints may stop. One message at a time is held back, with a session on it, and its kernel is busy
 * with it: that takes nothing else, and all others go on. What a breakpoint would stop meanwhile waits, too, and is looked
 * at again when the session has ended.
 */
import type { Clock } from '../../base/clock';
import { type Fault, fault } from '../../base/fault';
import { type Result, assert, err, ok } from '../../base/result';
import { inSlices } from '../../base/slices';
import type { Session } from '../../debugger/session';
import type { Steps } from '../../debugger/steps';
import { type Address, isWithin } from '../../environment/address';
import { controlMethods } from '../../environment/control';
import type { Branch } from '../../history/branch';
import { oldestOfPairs } from '../../kernel/mailboxes';
import type { Busy, Delivery } from '../../kernel/scheduler';
import type { Gate } from './gate';

export interface Holding {
  readonly held: Held | null;
  /** Kernels that take nothing until the session on the held message has ended. */
  readonly busy: Busy;
  /** Whether what goes next has to be chosen with care. */
  readonly isCareful: boolean;
  /**
   * Delivers until that time, a step of what is looked at after the other, and `most` messages at once. Whether nothing may
   * go by itself any more.
   */
  run(most: number, until: number): boolean;
  /** Whether a waiting message may be delivered by hand now; the fault when it is to wait. Looks at it first. */
  clear(id: number): Promise<Result<void, Fault>>;
  /** The message is held no more: whoever calls delivers it. */
  release(): Held;
  /** Breakpoints are others now: what only waits to be looked at again is. */
  lookAgain(): void;
  dispose(): void;
}

/** A message that a breakpoint holds back. */
export interface Held {
  readonly id: number;
  readonly to: Address;
  /** How many messages had been delivered when its run began. */
  readonly time: number;
}

export function createHolding({
  branch,
  clock,
  gate,
}: {
  readonly branch: Branch;
  readonly clock: Clock;
  readonly gate: Gate;
}): Holding {
  let held: Held | null = null;
  const busy = new Set<Address>();

  /** A message that is looked at before it goes, and how many were delivered then. */
  let looking: {
    readonly next: Delivery;
    readonly delivered: number;
    readonly steps: Steps<Session | null>;
  } | null = null;

  function stopAt({ message: { id, to } }: Delivery, session: Session): void {
    busy.add(to);
    if (held !== null) return session.dispose();
    held = { id, to, time: branch.delivered };
    gate.hold(session);
  }

  /** Whether the kernel of the held message would be gone before that has run. */
  const removesHeld = ({ message: { to, method } }: Delivery): boolean =>
    held !== null && method === controlMethods.remove && isWithin(held.to, to);

  /** What goes next and is not to go just like that. */
  function toSeeTo(): Delivery | null {
    const next = branch.next(busy);
    return next !== undefined && (removesHeld(next) || gate.mayStop(next)) ? next : null;
  }

  function runUntil(most: number, until: number): boolean {
    let isHeldBack = false;
    do {
      if (looking === null) {
        const next = toSeeTo();
        if (next === null) {
          const goesOn = () => clock.now() < until && toSeeTo() === null;
          isHeldBack = branch.run(most, { goesOn, busy }) === 0;
          if (isHeldBack) break;
          continue;
        }
        if (removesHeld(next)) {
          busy.add(next.message.to);
          continue;
        }
        looking = { next, delivered: branch.delivered, steps: gate.look(next) };
      }
      const { next, delivered, steps } = looking;
      const isNext = branch.delivered === delivered && branch.next(busy)?.message.id === next.message.id;
      const step = isNext ? steps.next() : steps.return(null);
      if (step.done !== true) continue;
      looking = null;
      if (step.value !== null) stopAt(next, step.value);
      else if (isNext) branch.run(1, { busy });
    } while (clock.now() < until);
    return isHeldBack;
  }

  /** What is done to mailboxes may be done to the held message, too. */
  function findHeld(): void {
    if (held === null || branch.waiting().some(({ message }) => message.id === held?.id)) return;
    free();
    gate.lose();
  }

  function free(): void {
    held = null;
    busy.clear();
  }

  return {
    get held() {
      return held;
    },
    busy,
    get isCareful() {
      return held !== null || gate.isWatching;
    },
    run(most, until) {
      const isHeldBack = runUntil(most, until);
      const before = held;
      findHeld();
      return isHeldBack && held === before;
    },
    async clear(id) {
      for (;;) {
        const waiting = branch.waiting();
        const chosen = waiting.find(({ message }) => message.id === id);
        if (chosen === undefined || !oldestOfPairs(waiting).has(chosen)) return ok(undefined);
        if (held !== null && (busy.has(chosen.message.to) || removesHeld(chosen)))
          return err(waits(id, held));
        if (!gate.mayStop(chosen)) return ok(undefined);
        const { delivered } = branch;
        const stop = await inSlices(gate.look(chosen), clock, new AbortController().signal);
        if (!stop.ok) return stop;
        const isAsItWas = branch.delivered === delivered;
        if (stop.value === null) {
          if (isAsItWas) return ok(undefined);
          continue;
        }
        if (isAsItWas) stopAt(chosen, stop.value);
        else stop.value.dispose();
        if (held !== null && busy.has(chosen.message.to)) return err(waits(id, held));
      }
    },
    release() {
      assert(held !== null, 'a message is held back');
      const released = held;
      free();
      return released;
    },
    lookAgain() {
      busy.clear();
      if (held !== null) busy.add(held.to);
    },
    dispose: () => void looking?.steps.return(null),
  };
}

const waits = (id: number, held: Held): Fault =>
  fault(
    'held',
    held.id === id
      ? `a breakpoint holds back message ${id}`
      : `message ${id} waits: a breakpoint holds back message ${held.id} to ${held.to}`,
    { remedy: 'step past its end, or close its session' },
  );
