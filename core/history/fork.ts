/** Forks: a branch of its own from any point of another, with something changed there. */
import { type Fault, fault } from '../base/fault';
import type { Hash } from '../base/hash';
import { type Result, assert, err, ok } from '../base/result';
import type { Storage } from '../base/storage';
import type { Address } from '../environment/address';
import type { Answer } from '../environment/answer';
import type { EditAt, MessageEdits } from '../environment/edit';
import type { Message } from '../environment/message';
import { chosenSchedule } from '../kernel/control';
import {
  type Binding,
  bindSignal,
  replaceSignal,
  scheduleSignal,
  writeSignal,
} from '../kernel/control-signals';
import type { Receipt } from '../kernel/receipt';
import { type Schedule, isList } from '../kernel/scheduler';
import type { Signal } from '../kernel/world';
import { createWorldView } from '../kernel/world-view';
import { longestKey } from '../state/format';
import { type Inputs, beginningToBytes } from './beginning';
import { type NameFault, checkNewName } from './branches';
import type { Commits } from './commits';
import { branchKey, headToBytes, newLineId } from './lines';
import { worldTreeAt } from './past';
import type { LaterSignals } from './repeat';
import { underwayAt } from './resume';

/** What is otherwise from the fork on. Each is an input that the history keeps. */
export type Change =
  /** Another call in place of the one that the next receipt is of. With the same method and arguments, it is made again. */
  | { readonly kind: 'message'; readonly method: string; readonly args: Uint8Array }
  /** Goes before the answers that were given already. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** One entry of a kernel's state; `undefined` deletes it. */
  | {
      readonly kind: 'state';
      readonly kernel: Address;
      readonly key: Uint8Array;
      readonly value: Uint8Array | undefined;
    }
  | ({ readonly kind: 'code'; readonly kernel: Address } & Binding)
  /** In the run of a message that the next receipt is of, or that was on its way. */
  | { readonly kind: 'edits'; readonly message: Message; readonly edits: readonly EditAt[] };

export interface ForkOptions {
  /** Of the new branch. */
  readonly name: string;
  /** How many receipts it shares. */
  readonly at: number;
  readonly changes: readonly Change[];
}

export type ForkFault = NameFault | Fault<'no-receipt' | 'no-kernel' | 'bad-key'>;

/**
 * Writes the fork of a branch that has `length` receipts. Its mailboxes are as they were: with what was on its way, and
 * the signals that had been accepted by then and were delivered later.
 */
export function writeFork(
  { name, at, changes }: ForkOptions,
  { storage, commits, length }: ForkSource,
): Result<LaterSignals, ForkFault> {
  const named = checkNewName(storage, name);
  if (!named.ok) return named;
  if (at > length) return err(fault('no-receipt', `there are ${length} receipts, fewer than ${at}`));
  const next = at < length ? commits.receipt(at) : null;
  const tree = worldTreeAt(commits, at, storage);
  const world = createWorldView(() => tree, storage);
  for (const change of changes) {
    const wrong = changeFault(change, {
      at,
      next,
      isKernel: (address) => world.kernel(address) !== undefined,
    });
    if (wrong !== null) return err(wrong);
  }

  const isChanged = changes.some(({ kind }) => kind === 'message');
  const mailboxes = mailboxesAt(commits, { at, length, without: isChanged ? next : null });
  const edited = changes.findLast((change) => change.kind === 'edits');
  const isWaiting = edited === undefined || mailboxes.has(edited.message.id);
  // A signal that had not come yet is sent with the edits.
  if (!isWaiting && edited.message.from !== null) return err(notOnItsWay(edited.message));
  const resent = isWaiting ? null : edited.message;
  const isResent = resent !== null && resent.id === next?.message.id;
  const signals = [
    ...(isDue(chosenSchedule(world), at) ? [scheduleSignal('fifo')] : []),
    ...changes
      .toSorted((left, right) => Number(left.kind === 'message') - Number(right.kind === 'message'))
      .flatMap((change) => changeToSignal(change, next) ?? []),
  ].map((signal, ordinal): Message => ({ ...signal, from: null, id: mailboxes.nextId + ordinal }));
  // It keeps its id as far as it can: what a run draws at random depends on that.
  if (resent !== null) {
    signals.push({ ...resent, id: Math.max(resent.id, mailboxes.nextId + signals.length) });
  }
  const nextId = (signals.at(-1)?.id ?? mailboxes.nextId - 1) + 1;
  const blocks: (readonly [Hash, Uint8Array])[] = [];
  const beginning = beginningToBytes({
    inputs: inputsAt(commits, at, changes),
    fork: {
      parent: at === 0 ? firstLine(commits).beginning : commits.containing(at - 1).hash,
      first: at,
      nextMessageId: nextId,
      pending: mailboxes.underway + mailboxes.waiting.length + mailboxes.urgent.length + signals.length,
      world: tree.hash((hash, block) => void blocks.push([hash, block]), storage.hashOf),
      changes: [...mailboxes.urgent, ...signals],
      waiting: mailboxes.waiting,
      edits: editsAt(
        commits,
        at,
        edited && { ...edited, message: resent === null ? edited.message.id : nextId - 1 },
      ),
    },
  });
  const hash = storage.hashOf(beginning);
  const { id, entry } = newLineId(storage);
  const shared = commits.lines.filter(({ first }, place) => place === 0 || first < at);
  const lines = [...shared, { id, first: at, beginning: hash }];
  storage.write({
    blocks: [...blocks, [hash, beginning]],
    entries: [entry, [branchKey(name), headToBytes({ lines, head: hash, length: at })]],
  });
  return ok({ start: isChanged || isResent ? at + 1 : at, firstId: mailboxes.nextId });
}

export interface ForkSource {
  readonly storage: Storage;
  readonly commits: Commits;
  readonly length: number;
}

interface Place {
  readonly at: number;
  /** The receipt after those that are shared. */
  readonly next: Receipt | null;
  readonly isKernel: (address: Address) => boolean;
}

function changeFault(change: Change, { at, next, isKernel }: Place): ForkFault | null {
  if (change.kind === 'message')
    return next === null
      ? fault('no-receipt', `there is no receipt ${at} whose message could be changed`)
      : null;
  // An answer may be for a kernel that is still to come.
  if (change.kind === 'answer' || change.kind === 'edits') return null;
  if (!isKernel(change.kernel))
    return fault('no-kernel', `there is no kernel ${change.kernel} at that point`);
  const isBadKey = change.kind === 'state' && (change.key.length === 0 || change.key.length > longestKey);
  return isBadKey ? fault('bad-key', `a key has 1 to ${longestKey} bytes`) : null;
}

/** `null` for what is an input of its own. */
function changeToSignal(change: Change, next: Receipt | null): Signal | null {
  switch (change.kind) {
    case 'answer':
    case 'edits':
      return null;
    case 'state':
      return writeSignal(change.kernel, [[change.key, change.value]]);
    case 'code':
      return bindSignal(change.kernel, change);
    case 'message': {
      assert(next !== null, 'a message is changed where there is one');
      const { method, args } = change;
      const { id, to, gas } = next.message;
      return next.cause === null ? { to, method, args, replyTo: null, gas } : replaceSignal(id, method, args);
    }
  }
}

function inputsAt({ lines }: Commits, at: number, changes: readonly Change[]): Inputs {
  const { inputs } = lines.findLast(({ first }) => first <= at) ?? firstLine({ lines });
  const given = changes.flatMap((change) => (change.kind === 'answer' ? change.answer : []));
  const schedule = isList(inputs.schedule) ? 'fifo' : inputs.schedule;
  return { ...inputs, schedule, answers: [...inputs.answers, ...given] };
}

/** Whether deliveries of a list are still to come: they are of a future that is not to be. */
const isDue = (schedule: Schedule | undefined, at: number): boolean =>
  isList(schedule) && at < schedule.start + schedule.deliveries.length;

/** What was edited in runs by then, and what is now. */
function editsAt({ lines }: Commits, at: number, edited: MessageEdits | undefined): readonly MessageEdits[] {
  const known = lines.findLast(({ first }) => first <= at)?.fork?.edits ?? [];
  if (edited === undefined) return known;
  const { message, edits } = edited;
  return [...known.filter((other) => other.message !== message), { message, edits }];
}

const notOnItsWay = ({ id }: Message): ForkFault =>
  fault('no-receipt', `message ${id} is not on its way at that point`);

interface Mailboxes {
  /** The id that the next message will have. */
  readonly nextId: number;
  /** How many messages of kernels are on their way. */
  readonly underway: number;
  /** Signals that wait, and changes of an earlier fork right here. */
  readonly waiting: readonly Message[];
  readonly urgent: readonly Message[];
  /** Whether a message is in them, by its id. */
  has(id: number): boolean;
}

function mailboxesAt(
  commits: Commits,
  { at, length, without }: { readonly at: number; readonly length: number; readonly without: Receipt | null },
): Mailboxes {
  const nextId = nextIdAt(commits, at);
  const { fork } = commits.lines.findLast(({ first }) => first <= at) ?? firstLine(commits);
  const urgent = fork === null ? [] : fork.changes.slice(at - fork.first);
  const { all, timeouts } = underwayAt(commits, at);
  const known = all();
  const underway = timeouts.size + known.filter(({ cause }) => cause !== null).length;
  const waiting = new Map(
    known.flatMap(({ cause, message }) => (cause === null ? [[message.id, message]] : [])),
  );
  // So many of the messages before may be delivered later: when none, there is nothing to look for.
  let missing = nextId - at - underway - urgent.length - waiting.size;
  for (let index = at; index < length && missing > 0; index++) {
    const { cause, message } = commits.receipt(index);
    if (cause !== null || message.id >= nextId || urgent.some(({ id }) => id === message.id)) continue;
    if (!waiting.has(message.id)) missing--;
    waiting.set(message.id, message);
  }
  const others = ({ id }: Message): boolean => id !== without?.message.id;
  const messages = [...known.map(({ message }) => message), ...urgent, ...waiting.values()];
  return {
    has: (id) => messages.some((message) => message.id === id),
    nextId,
    underway,
    waiting: [...waiting.values()].filter(others).toSorted((left, right) => left.id - right.id),
    urgent: urgent.filter(others),
  };
}

/** Greater than the ids of all messages that were accepted by then, as far as a receipt or a commit tells of them. */
function nextIdAt(commits: Commits, at: number): number {
  const known = at === 0 ? commits.forkAt(0) : commits.containing(at - 1);
  if (known === undefined) return 0;
  if (!('end' in known) || known.end === at) return known.nextMessageId;
  let nextId = nextIdAt(commits, known.first);
  for (let index = known.first; index < at; index++) {
    const { message, sends } = commits.receipt(index);
    nextId = Math.max(nextId, message.id + 1, (sends.at(-1)?.id ?? -1) + 1);
  }
  return nextId;
}

function firstLine({ lines }: Pick<Commits, 'lines'>): Commits['lines'][number] {
  const [first] = lines;
  assert(first !== undefined, 'a branch has a line');
  return first;
}
