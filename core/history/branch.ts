/** A name that points into the history, and the world as it is at its end: the only way to change that world. */
import { bytesEqual } from '../base/bytes';
import { type Event, createEmitter } from '../base/events';
import { type Fault, fault } from '../base/fault';
import { type Hash, hashesEqual } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import type { VmContainer } from '../container/container';
import type { Environment } from '../environment/environment';
import type { Message } from '../environment/message';
import { outcomeToText } from '../environment/outcome';
import type { ImportSet } from '../imports/import-set';
import type { Observer } from '../imports/trace';
import { createCodeLoader } from '../kernel/code';
import { type Receipt, createReceipt } from '../kernel/receipt';
import { receive } from '../kernel/receive';
import type { Busy, Delivery, Schedule } from '../kernel/scheduler';
import { type DeliverFault, type Signal, createWorld } from '../kernel/world';
import { type WorldView, createWorldView } from '../kernel/world-view';
import { type StateTree, emptyTree } from '../state/tree';
import { type Fork, type Inputs, beginningToBytes } from './beginning';
import { type NameFault, checkNewName, moveName } from './branches';
import { createCommits } from './commits';
import { type ForkFault, type ForkOptions, writeFork } from './fork';
import { createGroup } from './group';
import { type BranchHead, type Line, branchKey, headToBytes, newLineId, readHead, readLines } from './lines';
import { createPast } from './past';
import type { LaterSignals } from './repeat';
import { waitingAt, worldStartOf } from './resume';
import { createSurroundings } from './surroundings';

export interface Branch {
  readonly name: string;
  /** Of commits: what it shares with other branches. */
  readonly lines: readonly Line[];
  /** Receipts that are durable. None is shown before. */
  readonly length: number;
  /** Messages delivered: the index of the next receipt. More than `length` while some are not durable. */
  readonly delivered: number;
  /** Messages accepted and not delivered yet. */
  readonly pending: number;
  /** Those messages, in the order in which they were accepted. */
  waiting(): readonly Delivery[];
  /** Which mailbox goes next, as it was chosen last. */
  readonly schedule: Schedule;
  /** Told after each commit: what it says is durable. */
  readonly onCommit: Event<{ readonly length: number; readonly pending: number }>;
  /** Keeps code as a block, for `kernel:create`, `kernel:bind` and `kernel:install`. */
  addCode(code: Uint8Array): Hash;
  code(hash: Hash): Uint8Array | undefined;
  /** Puts a signal into its mailbox; returns the message's id. */
  signal(signal: Signal): number;
  /**
   * Delivers up to `most` messages and commits what it delivered. Returns how many; fewer when none is left, when the
   * schedule or busy kernels hold back what is, or when `goesOn`, asked after each, says no. Throws what reading the state
   * tree or writing the store throws: nothing that was not committed is shown then, and the branch has to be opened again.
   */
  run(most: number, course?: Course): number;
  /** The same for a world in haste: what it delivered may become durable, and be shown, only with a later `settle`. */
  advance(most: number, course?: Course): number;
  /** Makes durable all that was delivered. Throws a `StorageError`. */
  settle(): void;
  /** The message that goes next; `undefined` also when the schedule has something else to do first. */
  next(busy?: Busy): Delivery | undefined;
  /**
   * Delivers one waiting message out of turn and commits it; the messages of one kernel to another stay in order. With
   * `time`, its run began when so many were delivered, and its kernel was busy since.
   */
  deliver(id: number, time?: number): Result<Receipt, DeliverFault>;
  /** What the run of a message depends on beside it, its code and its state. */
  inputsAt(index: number): Inputs & Pick<Fork, 'edits'>;
  /** `undefined` from the branch's length on. Throws a `DamagedBlock`. */
  receipt(index: number): Receipt | undefined;
  /** From `start`, at most `count`, in order. */
  receipts(start: number, count: number): readonly Receipt[];
  /** The world after the first `length` receipts, the durable ones at the most; without it, as it is now. */
  world(length?: number): WorldView;
  /** The root over all kernels after the durable receipts. */
  root(): Hash;
  /** Writes a branch of its own that shares receipts of this one; it is there to be opened. */
  fork(options: ForkOptions): Result<LaterSignals, ForkFault>;
  rename(to: string): Result<void, NameFault>;
  /** Runs the message of a receipt again from its inputs. */
  rerun(index: number, observer: Observer | null): Result<Rerun, RerunFault>;
  /** Lets go of compiled code. The store is the caller's. */
  dispose(): void;
}

/** What a branch goes on for, and with whom. */
export interface Course {
  readonly goesOn?: () => boolean;
  readonly busy?: Busy;
}

/** A message that was run again: equal in all to the first time, or else there is a fault. */
export interface Rerun {
  readonly receipt: Receipt;
  readonly environment: Environment;
  readonly before: StateTree;
  readonly after: StateTree;
}

export type RerunFault = Fault<'no-receipt' | 'diverged'>;

/** The parts that a branch is put together from. */
export interface BranchParts {
  readonly storage: Storage;
  readonly containers: readonly VmContainer[];
  readonly imports: readonly ImportSet[];
}

/** Receipts in one commit, at the most. */
const commitSize = 2048;

/** In bytes, at which it is written: commits that follow each other at once wait for the disk together. */
const groupSize = 16 * 2 ** 20;

/** A fault when there is a branch of that name. */
export function createBranch(
  parts: BranchParts,
  name: string,
  inputs: Inputs,
): Result<Branch, Fault<'branch-exists'>> {
  const { storage } = parts;
  if (storage.entry(branchKey(name)) !== undefined) {
    return err(fault('branch-exists', `there is a branch ${name} already`));
  }
  const bytes = beginningToBytes({ inputs, fork: null });
  const hash = storage.hashOf(bytes);
  const { id, entry } = newLineId(storage);
  const head: BranchHead = { lines: [{ id, first: 0, beginning: hash }], head: hash, length: 0 };
  storage.write({ blocks: [[hash, bytes]], entries: [entry, [branchKey(name), headToBytes(head)]] });
  return ok(goOn(parts, name, head));
}

/** `undefined` when there is no branch of that name. Throws a `DamagedBlock` when its end can't be read. */
export function openBranch(parts: BranchParts, name: string): Branch | undefined {
  const head = readHead(parts.storage, name);
  return head && goOn(parts, name, head);
}

function goOn({ storage, containers, imports }: BranchParts, firstName: string, end: BranchHead): Branch {
  let name = firstName;
  const group = createGroup(storage);
  const committed = createEmitter<{ readonly length: number; readonly pending: number }>();
  const commits = createCommits(storage, readLines(storage, end.lines));
  const past = createPast(commits, storage);
  const surroundings = createSurroundings(commits.lines, (limits) =>
    createCodeLoader({ containers, imports, limits, codeByHash: group.block }),
  );
  const start = worldStartOf(commits, end.length, storage);
  const now = surroundings.at(end.length);
  const world = createWorld({
    start,
    schedule: now.schedule,
    surroundings: now,
    blocks: group,
    hashTree: (tree) => tree.hash(group.add, storage.hashOf),
    keepCode: group.add,
  });
  /** The last commit that is durable, and the world's root after it. */
  let durable: Committed = { head: end, root: start.tree.hash(() => undefined) };
  /** The one that the next follows. */
  let last = durable;

  const branch: Branch = {
    get name() {
      return name;
    },
    lines: commits.lines,
    onCommit: committed,
    get length() {
      return durable.head.length;
    },
    get delivered() {
      return last.head.length + commits.uncommitted;
    },
    get pending() {
      return world.pending;
    },
    waiting: world.waiting,
    get schedule() {
      return world.schedule;
    },
    code: group.block,
    addCode(bytes) {
      const hash = storage.hashOf(bytes);
      if (storage.block(hash) === undefined) storage.write({ blocks: [[hash, bytes]], entries: [] });
      return hash;
    },
    signal: world.signal,
    next: world.next,
    run(most, course) {
      const delivered = branch.advance(most, course);
      settle();
      return delivered;
    },
    advance(most, { goesOn = () => true, busy } = {}) {
      let delivered = 0;
      while (delivered < most && (delivered === 0 || goesOn())) {
        const receipt = world.step(busy);
        if (receipt === undefined) break;
        delivered++;
        commits.add(receipt);
        if (group.bytes + commits.uncommittedBytes >= groupSize) settle();
        else if (commits.uncommitted >= commitSize) commit();
      }
      return delivered;
    },
    settle,
    deliver(id, time) {
      const receipt = world.deliver(id, time);
      if (!receipt.ok) return receipt;
      commits.add(receipt.value);
      settle();
      return receipt;
    },
    inputsAt: (index) => surroundings.at(index),
    receipt: (index) => (index >= 0 && index < durable.head.length ? commits.receipt(index) : undefined),
    receipts(from, count) {
      const end = Math.min(from + count, durable.head.length);
      return Array.from({ length: Math.max(0, end - from) }, (_, offset) => commits.receipt(from + offset));
    },
    world(length) {
      const isNow = length === undefined || (length >= durable.head.length && isSettled());
      return isNow ? world : worldAt(Math.min(length, durable.head.length));
    },
    root: () => durable.root,
    fork: (options) => writeFork(options, { storage, commits, length: durable.head.length }),
    rename(to) {
      const named = checkNewName(storage, to);
      if (!named.ok) return named;
      moveName(storage, { name, to, head: durable.head });
      name = to;
      return named;
    },
    rerun(index, observer) {
      const receipt = branch.receipt(index);
      if (receipt === undefined) return err(fault('no-receipt', `there is no receipt ${index}`));
      const reception = receive(receipt.message, worldAt(index), {
        surroundings: surroundings.at(index),
        time: receipt.time,
        room: receipt.room,
        observer,
        waiting: (id) => waitingAt(commits, index).find(({ message }) => message.id === id)?.message,
      });
      const again = createReceipt(receipt, reception, receipt.sends[0]?.id ?? 0, (tree) =>
        tree.hash(() => undefined, storage.hashOf),
      );
      const difference = differenceOf(receipt, again);
      if (difference !== null) {
        return err(fault('diverged', `message ${receipt.message.id} ran otherwise this time: ${difference}`));
      }
      const { environment } = reception;
      return ok({
        receipt,
        environment,
        before: environment.before,
        after: reception.after?.state ?? emptyTree,
      });
    },
    dispose: () => surroundings.dispose(),
  };
  return branch;

  function isSettled(): boolean {
    return last === durable && commits.uncommitted === 0;
  }

  function commit(): void {
    const root = world.root();
    const { nextMessageId, pending } = world;
    const made = commits.commit({ onto: last.head, world: root, nextMessageId, pending });
    last = { head: made.head, root };
    group.add(...made.block);
    group.enter(...made.entry);
  }

  function settle(): void {
    if (isSettled()) return;
    if (commits.uncommitted > 0) commit();
    group.enter(branchKey(name), headToBytes(last.head));
    group.write();
    durable = last;
    committed.emit({ length: last.head.length, pending: world.pending });
  }

  function worldAt(length: number): WorldView {
    const tree = past.treeAt(length);
    return createWorldView(() => tree, storage);
  }
}

/** The end of a commit, and the root over all kernels there. */
interface Committed {
  readonly head: BranchHead;
  readonly root: Hash;
}

/** What is not as it was, in words; `null` when nothing is. */
function differenceOf(first: Receipt, again: Receipt): string | null {
  const outcomes = [outcomeToText(first.outcome), outcomeToText(again.outcome)];
  if (outcomes[0] !== outcomes[1]) return `the outcome was ${outcomes[0]} and is ${outcomes[1]}`;
  if (first.gasUsed !== again.gasUsed) return `it used ${first.gasUsed} gas and now ${again.gasUsed}`;
  if (!hashesEqual(first.after, again.after)) return 'it left another state';
  if (first.sends.length !== again.sends.length) {
    return `it sent ${first.sends.length} messages and now ${again.sends.length}`;
  }
  const other = first.sends.findIndex((sent, ordinal) => !messagesEqual(sent, again.sends[ordinal]));
  return other === -1 ? null : `message ${other} of those it sent is another`;
}

const messagesEqual = (left: Message, right: Message | undefined): boolean =>
  right !== undefined &&
  left.to === right.to &&
  left.method === right.method &&
  left.replyTo === right.replyTo &&
  left.heldFor === right.heldFor &&
  bytesEqual(left.args, right.args);
