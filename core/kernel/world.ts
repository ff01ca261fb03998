/**
 * The tree of all kernels, their mailboxes and the scheduler. It knows its present alone: what it tells of each message
 * is a receipt, and to keep those is the history's part.
 */
import type { Hash } from '../base/hash';
import type { BlockReader } from '../base/storage';
import type { Address } from '../environment/address';
import type { Draft } from '../environment/message';
import type { StateTree, StateWrite } from '../state/tree';
import { type Kernel, kernelToBytes } from './kernel';
import { type HashTree, type Receipt, createReceipt } from './receipt';
import { type Reception, type Surroundings, receive } from './receive';
import type { Delivery, Scheduler } from './scheduler';
import { type WorldView, createWorldView, kernelKey } from './world-view';

export interface World extends WorldView {
  /** Messages delivered since the world began: the index of the next receipt, and virtual time. */
  readonly delivered: number;
  /** Messages accepted and not delivered yet. */
  readonly pending: number;
  /** Those messages, in the order in which they were accepted. */
  waiting(): Iterable<Delivery>;
  /** The id that the next message will have. */
  readonly nextMessageId: number;
  /** Puts a signal into its mailbox; returns the message's id. */
  signal(signal: Signal): number;
  /**
   * Delivers the next message and commits what it did; `undefined` when none is to go. Throws what reading the
   * state tree throws, and is not to be used after that.
   */
  step(): Receipt | undefined;
  /** The Merkle root over all kernels. */
  root(): Hash;
}

/** A message from outside the world. */
export type Signal = Omit<Draft, 'from'>;

/** The point that a world goes on from. */
export interface WorldStart {
  readonly tree: StateTree;
  readonly delivered: number;
  readonly nextMessageId: number;
  /** What is on its way, in the order in which it was accepted. */
  readonly pending: readonly Delivery[];
  /** Messages accepted so far for each signal that has some on their way, itself included. */
  readonly acceptedBySignal: ReadonlyMap<number, number>;
}

/** Kernels that stay in memory from one root to the next. */
const mostKernelsKept = 20_000;

export function createWorld(options: {
  readonly start: WorldStart;
  readonly scheduler: Scheduler;
  readonly surroundings: Surroundings;
  readonly blocks: BlockReader;
  /** Asked for each root before the receipt, or the world's root, that names it. */
  readonly hashTree: HashTree;
}): World {
  const { start, scheduler, surroundings, blocks, hashTree } = options;
  let { tree, delivered, nextMessageId } = start;
  /** Kernels as they are now. Those in `unwritten` have a state that the tree doesn't hold yet. */
  const kernelByAddress = new Map<Address, Kernel>();
  const unwritten = new Set<Kernel>();
  const view = createWorldView(() => tree, blocks);
  const traffic = createTraffic(start, surroundings.limits.messages);
  for (const delivery of start.pending) scheduler.add(delivery);

  const world: World = {
    get delivered() {
      return delivered;
    },
    get pending() {
      return scheduler.size;
    },
    waiting: scheduler.waiting,
    get nextMessageId() {
      return nextMessageId;
    },
    kernel(address) {
      const known = kernelByAddress.get(address);
      if (known !== undefined) return known;
      const kernel = view.kernel(address);
      if (kernel !== undefined) kernelByAddress.set(address, kernel);
      return kernel;
    },
    children(parent, after, count) {
      write();
      return view.children(parent, after, count);
    },
    countChildren: view.countChildren,
    addresses: view.addresses,
    signal(signal) {
      const id = nextMessageId++;
      scheduler.add({ message: { ...signal, from: null, id }, cause: null, signal: null, depth: 0 });
      return id;
    },
    step() {
      const delivery = scheduler.next(delivered);
      return delivery === undefined ? undefined : deliver(delivery);
    },
    root() {
      write();
      if (kernelByAddress.size > mostKernelsKept) kernelByAddress.clear();
      return hashTree(tree);
    },
  };
  return world;

  function deliver({ message, cause, signal, depth }: Delivery): Receipt {
    const index = delivered++;
    const origin = {
      index,
      message,
      cause,
      signal: signal ?? index,
      depth,
      room: traffic.room(signal ?? index),
    };
    const reception = receive(message, world, {
      surroundings,
      time: index,
      room: origin.room,
      observer: null,
    });
    const receipt = createReceipt(origin, reception, nextMessageId, hashTree);
    nextMessageId += receipt.sends.length;
    for (const sent of receipt.sends) {
      scheduler.add({ message: sent, cause: index, signal: origin.signal, depth: depth + 1 });
    }
    traffic.delivered(origin.signal, receipt.sends.length);
    keep(reception);
    return receipt;
  }

  function keep({ before, after, removed }: Reception): void {
    if (after === before) return;
    if (before !== undefined) unwritten.delete(before);
    if (after !== undefined) {
      kernelByAddress.set(after.address, after);
      unwritten.add(after);
    }
    // What changes which kernels there are must be seen by whoever looks for children at once.
    if (before === undefined || after === undefined) write();
    if (removed.length > 0) {
      tree = tree.with(removed.map((address) => [kernelKey(address), undefined]));
      kernelByAddress.clear();
    }
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

/** Counts what follows from each signal, so that a storm of messages ends. */
function createTraffic(start: WorldStart, limit: number) {
  const bySignal = new Map<number, { accepted: number; underway: number }>();
  for (const { signal } of start.pending) {
    if (signal === null) continue;
    const accepted = start.acceptedBySignal.get(signal) ?? 1;
    bySignal.set(signal, { accepted, underway: (bySignal.get(signal)?.underway ?? 0) + 1 });
  }
  return {
    /** How many messages may still follow from a signal. */
    room: (signal: number): number => limit - (bySignal.get(signal)?.accepted ?? 1),
    /** One message of the signal was delivered, and led to more. */
    delivered(signal: number, sends: number): void {
      const { accepted, underway } = bySignal.get(signal) ?? { accepted: 1, underway: 1 };
      const left = underway + sends - 1;
      if (left === 0) bySignal.delete(signal);
      else bySignal.set(signal, { accepted: accepted + sends, underway: left });
    },
  };
}
