/**
 * The tree of all kernels, their mailboxes and the scheduler. It knows its present alone: what it tells of each message
 * is a receipt, and to keep those is the history's part.
 */
import { type Fault, fault } from '../base/fault';
import { type Hash, hashToKey } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { BlockReader } from '../base/storage';
import { type Address, rootAddress } from '../environment/address';
import { controlMethods, isControlMethod, mailboxMethods } from '../environment/control';
import type { Draft, Message } from '../environment/message';
import type { StateTree, StateWrite } from '../state/tree';
import { createChildCounts } from './child-counts';
import { chosenSchedule } from './control';
import { enqueueSignal, interveneSignal } from './control-signals';
import { interventionOf } from './intervene';
import { type Kernel, kernelToBytes } from './kernel';
import { type HashTree, type Receipt, createReceipt } from './receipt';
import { type Reception, type Surroundings, receive } from './receive';
import { createScheduler } from './schedule';
import { type Busy, type Delivery, type Schedule, noneBusy } from './scheduler';
import type { Timeouts } from './timeouts';
import { type WorldView, createWorldView, kernelKey } from './world-view';

export interface World extends WorldView {
  /** Messages delivered since the world began: the index of the next receipt, and virtual time. */
  readonly delivered: number;
  /** Messages accepted and not delivered yet. */
  readonly pending: number;
  /** Those messages, in the order in which they were accepted. */
  waiting(): readonly Delivery[];
  /** Which mailbox goes next, as it was chosen last. */
  readonly schedule: Schedule;
  /** The id that the next message will have. */
  readonly nextMessageId: number;
  /**
   * Puts a signal into its mailbox; returns the message's id. With a manual schedule it is that of the message that puts
   * it there, so that what waits is in the history.
   */
  signal(signal: Signal): number;
  /** The message that {@link World.step} would deliver now; `undefined` also when something else is to be done first. */
  next(busy?: Busy): Delivery | undefined;
  /**
   * Delivers the next message and commits what it did; `undefined` when none is to go. Throws what reading the
   * state tree throws, and is not to be used after that.
   */
  step(busy?: Busy): Receipt | undefined;
  /**
   * Delivers a waiting message out of turn, as {@link World.step} would. Those of one kernel to another stay in order.
   * With `time`, its run began when so many messages were delivered, and its kernel took no other since.
   */
  deliver(id: number, time?: number): Result<Receipt, DeliverFault>;
  /** The Merkle root over all kernels. */
  root(): Hash;
}

export type DeliverFault = Fault<'not-waiting' | 'out-of-order'>;

/** A message from outside the world. */
export type Signal = Omit<Draft, 'from'>;

/** The point that a world goes on from. */
export interface WorldStart {
  readonly tree: StateTree;
  readonly delivered: number;
  readonly nextMessageId: number;
  /** Delivered before all that is on its way, in this order. */
  readonly urgent: readonly Delivery[];
  /** What is on its way, in the order in which it was accepted. */
  readonly pending: readonly Delivery[];
  /** What is held back until a reply has failed to come. The world's own from now on. */
  readonly timeouts: Timeouts;
  /** Messages accepted so far for each signal that has some on their way, itself included. */
  readonly acceptedBySignal: ReadonlyMap<number, number>;
}

/** Kernels that stay in memory from one root to the next. */
const mostKernelsKept = 20_000;

export function createWorld(options: {
  readonly start: WorldStart;
  /** The one that it begins with. */
  readonly schedule: Schedule;
  readonly surroundings: Surroundings;
  readonly blocks: BlockReader;
  /** Asked for each root before the receipt, or the world's root, that names it. */
  readonly hashTree: HashTree;
  /** Told of code that messages brought along, before a receipt names it. */
  readonly keepCode: (hash: Hash, bytes: Uint8Array) => void;
}): World {
  const { start, surroundings, blocks, hashTree, keepCode } = options;
  const { timeouts } = start;
  let { tree, delivered, nextMessageId } = start;
  /** Kernels as they are now. Those in `unwritten` have a state that the tree doesn't hold yet. */
  const kernelByAddress = new Map<Address, Kernel>();
  const unwritten = new Set<Kernel>();
  const codeByKey = new Map<string, Hash>();
  const view = createWorldView(() => tree, blocks);
  const childCounts = createChildCounts(view);
  const traffic = createTraffic(start, surroundings.limits.messages);
  let schedule = chosenSchedule(view) ?? options.schedule;
  let scheduler = createScheduler(schedule);
  for (const delivery of start.pending) scheduler.add(delivery);
  /** What the outside world does to the mailboxes comes before all that waits in them. */
  const urgent: Delivery[] = [...start.urgent];
  const findWaiting = (id: number): Delivery | undefined =>
    scheduler.waiting().find(({ message }) => message.id === id);
  const waitingMessage = (id: number): Message | undefined => findWaiting(id)?.message;

  const world: World = {
    get delivered() {
      return delivered;
    },
    get pending() {
      return scheduler.size + urgent.length + timeouts.size;
    },
    waiting: () => scheduler.waiting(),
    get schedule() {
      return schedule;
    },
    get nextMessageId() {
      return nextMessageId;
    },
    tree() {
      write();
      return tree;
    },
    kernel(address) {
      const known = kernelByAddress.get(address);
      if (known !== undefined) return known;
      const read = view.kernel(address);
      if (read === undefined) return undefined;
      const kernel = withSharedCode(read);
      kernelByAddress.set(address, kernel);
      return kernel;
    },
    children(parent, after, count) {
      write();
      return view.children(parent, after, count);
    },
    childAddresses: view.childAddresses,
    countChildren: childCounts.of,
    addresses: view.addresses,
    signal(signal) {
      const message = { ...signal, from: null, id: nextMessageId++ };
      accept({ message, cause: null, signal: null, depth: 0 });
      return message.id;
    },
    next(busy = noneBusy) {
      release();
      return urgent[firstUrgent(busy)] ?? scheduler.peek(delivered, busy);
    },
    step(busy = noneBusy) {
      release();
      const first = urgent.length === 0 ? undefined : takeUrgent(busy);
      if (first !== undefined) return deliver(first);
      const next = scheduler.next(delivered, busy);
      if (next === undefined) return undefined;
      if (!('intervention' in next)) return deliver(next);
      const message = { ...interveneSignal(next), from: null, id: nextMessageId++ };
      return deliver({ message, cause: null, signal: null, depth: 0 });
    },
    deliver(id, time) {
      releaseDue();
      const chosen = findWaiting(id);
      if (chosen === undefined) return err(fault('not-waiting', `no message ${id} is waiting`));
      const oldest = scheduler.waiting().find((waiting) => isSamePair(waiting.message, chosen.message));
      if (oldest !== undefined && oldest !== chosen) {
        const words = `message ${oldest.message.id} was sent to ${chosen.message.to} before message ${id}`;
        return err(fault('out-of-order', words, { remedy: 'deliver that one first' }));
      }
      scheduler.replace(chosen, null);
      return ok(deliver(chosen, time));
    },
    root() {
      write();
      if (kernelByAddress.size > mostKernelsKept) {
        kernelByAddress.clear();
        codeByKey.clear();
      }
      return hashTree(tree);
    },
  };
  return world;

  function accept(delivery: Delivery): void {
    const { message } = delivery;
    const isSignal = delivery.cause === null;
    const isControl = isSignal && isControlMethod(message.method);
    if (isControl && (schedule === 'manual' || isOfMailboxes(message))) urgent.push(delivery);
    else if (isSignal && schedule === 'manual')
      urgent.push({ ...delivery, message: { ...message, ...enqueueSignal(message) } });
    else scheduler.add(delivery);
  }

  function deliver({ message, cause, signal, depth }: Delivery, time = delivered): Receipt {
    const index = delivered++;
    const origin = {
      index,
      time,
      message,
      cause,
      signal: signal ?? index,
      depth,
      room: traffic.room(signal ?? index),
    };
    const reception = receive(message, world, {
      surroundings,
      time,
      room: origin.room,
      observer: null,
      waiting: waitingMessage,
    });
    const receipt = createReceipt(origin, reception, nextMessageId, hashTree);
    nextMessageId += receipt.sends.length;
    const place = message.from === null ? makeRoom(receipt) : null;
    let holds = timeouts.size > 0;
    for (const sent of receipt.sends) {
      if (sent.heldFor !== undefined) {
        holds = true;
        continue;
      }
      const delivery = { message: sent, cause: index, signal: origin.signal, depth: depth + 1 };
      if (place === null) scheduler.add(delivery);
      else scheduler.replace(place, delivery);
    }
    traffic.delivered(origin.signal, receipt.sends.length);
    if (holds) {
      const needless = timeouts.pass(receipt);
      if (needless !== undefined && needless.signal !== null) traffic.delivered(needless.signal, 0);
    }
    keep(reception);
    if (message.from === null && mayReschedule(message)) reschedule();
    return receipt;
  }

  /** Its place; -1 when there is none. What is done to the mailboxes themselves waits for no kernel. */
  function firstUrgent(busy: Busy): number {
    return urgent.findIndex(({ message }) => isOfMailboxes(message) || !busy.has(message.to));
  }

  function takeUrgent(busy: Busy): Delivery | undefined {
    const place = firstUrgent(busy);
    return place === -1 ? undefined : urgent.splice(place, 1)[0];
  }

  /** What is held back and may be the next to go. */
  function release(): void {
    if (timeouts.size === 0) return;
    releaseDue();
    if (urgent.length === 0 && scheduler.size === 0) releaseFirst();
  }

  function releaseDue(): void {
    for (const delivery of timeouts.due(delivered)) scheduler.add(delivery);
  }

  /** Nothing is on its way that a reply could come from, so nobody is kept waiting. */
  function releaseFirst(): void {
    const first = timeouts.first();
    if (first !== undefined) scheduler.add(first);
  }

  /** Does to the mailboxes what the message asked for. Returns the delivery whose place is taken by what was sent. */
  function makeRoom({ message, outcome, sends }: Receipt): Delivery | null {
    const intervention = outcome.kind === 'ok' ? interventionOf(message) : undefined;
    const named = intervention?.id === null ? undefined : intervention && findWaiting(intervention.id);
    if (intervention === undefined || named === undefined) return null;
    if (intervention.method === mailboxMethods.duplicate) return null;
    if (named.signal !== null) traffic.delivered(named.signal, 0);
    const [replacement] = sends;
    if (replacement !== undefined) {
      timeouts.replaced(named.message.id, replacement.id);
      return named;
    }
    scheduler.replace(named, null);
    return null;
  }

  function reschedule(): void {
    const waiting = scheduler.waiting();
    schedule = chosenSchedule(world) ?? schedule;
    scheduler = createScheduler(schedule);
    for (const delivery of waiting) accept(delivery);
  }

  function keep({ before, after, removed, newCode }: Reception): void {
    if (after === before) return;
    if (newCode !== null) keepCode(newCode.hash, newCode.bytes);
    if (before !== undefined) unwritten.delete(before);
    else if (after !== undefined) childCounts.beforeCreation(after.address);
    if (after !== undefined) {
      const kernel = after.code === before?.code ? after : withSharedCode(after);
      kernelByAddress.set(after.address, kernel);
      unwritten.add(kernel);
    }
    // What changes which kernels there are must be seen by whoever looks for children at once.
    if (before === undefined || after === undefined) write();
    if (removed.length > 0) {
      tree = tree.with(removed.map((address) => [kernelKey(address), undefined]));
      kernelByAddress.clear();
      childCounts.forget();
    }
  }

  /** Kernels of one code hold the same hash, so that it is known by its identity. */
  function withSharedCode(kernel: Kernel): Kernel {
    if (kernel.code === null) return kernel;
    const key = hashToKey(kernel.code);
    const shared = codeByKey.get(key) ?? kernel.code;
    codeByKey.set(key, shared);
    return shared === kernel.code ? kernel : { ...kernel, code: shared };
  }

  function write(): void {
    if (unwritten.size === 0) return;
    tree = tree.with(
      Array.from(unwritten, (kernel): StateWrite => [
        kernelKey(kernel.address),
        kernelToBytes(kernel, hashTree(kernel.state)),
      ]),
    );
    unwritten.clear();
  }
}

/** Whether it is about what waits, and what of it goes next. */
const isOfMailboxes = ({ method }: Message): boolean => method.startsWith('world:');

/** The schedule is an entry of the root's state. */
const mayReschedule = ({ to, method }: Message): boolean =>
  method === controlMethods.schedule || (method === controlMethods.write && to === rootAddress);

const isSamePair = (left: Message, right: Message): boolean =>
  left.from === right.from && left.to === right.to;

/** Counts what follows from each signal, so that a storm of messages ends. */
function createTraffic(start: WorldStart, limit: number) {
  const bySignal = new Map<number, { accepted: number; underway: number }>();
  for (const { signal } of [...start.pending, ...start.timeouts.all()]) {
    if (signal === null) continue;
    const accepted = start.acceptedBySignal.get(signal) ?? 1;
    bySignal.set(signal, { accepted, underway: (bySignal.get(signal)?.underway ?? 0) + 1 });
  }
  return {
    /** How many messages may still follow from a signal. */
    room: (signal: number): number => limit - (bySignal.get(signal)?.accepted ?? 1),
    /** One message of the signal was delivered, and led to more. */
    delivered(signal: number, sends: number): void {
      const known = bySignal.get(signal);
      if (known === undefined) {
        if (sends > 0) bySignal.set(signal, { accepted: 1 + sends, underway: sends });
        return;
      }
      known.accepted += sends;
      known.underway += sends - 1;
      if (known.underway === 0) bySignal.delete(signal);
    },
  };
}
