/**
 * How a kernel takes a message: it answers control messages itself and runs its code for all others. A function of its
 * inputs alone; to keep what came of it, or not, is the caller's choice.
 */
import { concatBytes } from '../base/bytes';
import type { Hash } from '../base/hash';
import { encodeReturned } from '../contracts/entry';
import { type Address, parentOf } from '../environment/address';
import type { Answer } from '../environment/answer';
import type { MessageEdits } from '../environment/edit';
import { isControlMethod, isMailboxMethod } from '../environment/control';
import { type Environment, createEnvironment } from '../environment/environment';
import { type AskingDraft, createFailure } from '../environment/failure';
import type { Limits } from '../environment/limits';
import type { Draft, Message } from '../environment/message';
import type { Outcome } from '../environment/outcome';
import type { Observer } from '../imports/trace';
import { type StateTree, emptyTree } from '../state/tree';
import type { CodeLoader } from './code';
import { type NewCode, control } from './control';
import { type FindWaiting, intervene } from './intervene';
import type { Kernel } from './kernel';
import type { WorldView } from './world-view';

/** What all runs of a world share. */
export interface Surroundings {
  readonly code: CodeLoader;
  readonly limits: Limits;
  readonly seed: number;
  readonly answers: readonly Answer[];
  /** Changes made by hand in the midst of runs. */
  readonly edits: readonly MessageEdits[];
}

/** What came of a message. */
export interface Reception {
  readonly outcome: Outcome;
  readonly gasUsed: number;
  /** The code that ran; `null` when none did. */
  readonly code: Hash | null;
  readonly before: Kernel | undefined;
  /** Equal to `before` unless the outcome is `ok`. */
  readonly after: Kernel | undefined;
  /** Kernels that are no more, by a message that removed them. */
  readonly removed: readonly Address[];
  /** Code that is to be kept, for the kernel is bound to it now. */
  readonly newCode: NewCode | null;
  readonly sends: readonly Draft[];
  readonly logs: readonly string[];
  readonly environment: Environment;
}

/** How one message meets its kernel. */
export interface Circumstances {
  readonly surroundings: Surroundings;
  /** The number of messages that were delivered before this one. */
  readonly time: number;
  /** How many messages it may send. */
  readonly room: number;
  readonly observer: Observer | null;
  /** What was in the mailboxes when it was delivered. */
  readonly waiting: FindWaiting;
}

/** Throws only what reading the state tree throws. */
export function receive(message: Message, world: WorldView, circumstances: Circumstances): Reception {
  const { surroundings, time, room, observer } = circumstances;
  const { code, limits, seed, answers, edits } = surroundings;
  const before = world.kernel(message.to);
  const environment = createEnvironment({
    message,
    limits,
    time,
    seed,
    answers,
    edits,
    before: before?.state ?? emptyTree,
  });
  const settle = (outcome: Outcome, change: Partial<Reception>): Reception => ({
    gasUsed: 0,
    code: null,
    before,
    after: before,
    removed: [],
    newCode: null,
    sends: [],
    logs: [],
    environment,
    ...change,
    outcome,
  });
  const reject = (reason: string): Reception => settle({ kind: 'rejected', reason }, {});

  if (isControlMethod(message.method)) {
    if (isMailboxMethod(message.method)) {
      const sends = intervene(message, circumstances.waiting);
      return sends.ok ? settle({ kind: 'ok', reply: null }, { sends: sends.value }) : reject(sends.error);
    }
    const change = control(message, world, time);
    if (!change.ok) return reject(change.error);
    const { newCode } = change.value;
    const checked = newCode === null ? null : code.loadNew(newCode.hash, newCode.bytes);
    if (checked?.ok === false) return reject(`the code can't run: ${checked.error.message}`);
    return settle({ kind: 'ok', reply: null }, change.value);
  }
  if (before?.code === undefined || before.code === null) {
    const reason =
      before === undefined
        ? describeAbsence(message.to, world)
        : `${message.to} has no code${describeChildren(message.to, world)}`;
    const sends = wantsReply(message) && room > 0 ? [createFailure(message, reason)] : [];
    return settle({ kind: 'rejected', reason }, { sends });
  }
  const segment = code.load(before.code);
  if (!segment.ok) return reject(`the code of ${message.to} can't run: ${segment.error.message}`);
  const call = segment.value.methods.resolve(message.method, message.args);
  if (!call.ok) return reject(call.error.message);

  const { outcome, returned, gasUsed } = segment.value.loaded.run(call.value.entry, environment, observer);
  const ran = { gasUsed, code: before.code, logs: environment.logs };
  if (outcome.kind !== 'ok') return settle(outcome, ran);
  const { result } = call.value;
  const reply = returned === null || result === null ? outcome.reply : encodeReturned(result, returned);
  const sends = wantsReply(message) ? [...environment.sends, replyTo(message, reply)] : environment.sends;
  if (sends.length > room) {
    const detail = `it sent ${sends.length} messages and only ${room} more may follow from its signal`;
    return settle({ kind: 'trap', reason: 'refused', detail, position: null }, ran);
  }
  // Written out: this is the path of every message that goes well.
  return {
    outcome: { kind: 'ok', reply },
    gasUsed,
    code: before.code,
    before,
    after: environment.state === before.state ? before : withState(before, environment.state),
    removed: none,
    newCode: null,
    sends,
    logs: environment.logs,
    environment,
  };
}

const none: readonly never[] = [];

const withState = ({ address, code, codeName }: Kernel, state: StateTree): Kernel => ({
  address,
  code,
  codeName,
  state,
});

const wantsReply = (message: Message): message is Message & AskingDraft =>
  message.from !== null && message.replyTo !== null;

const cborListOfOne = Uint8Array.of(0x81);
const cborListOfNull = Uint8Array.of(0x81, 0xf6);

const replyTo = ({ from, to, replyTo: method }: AskingDraft, reply: Uint8Array | null): Draft => ({
  from: to,
  to: from,
  method,
  args: reply === null ? cborListOfNull : concatBytes([cborListOfOne, reply]),
  replyTo: null,
  gas: null,
});

function describeAbsence(address: Address, world: WorldView): string {
  let nearest = parentOf(address);
  while (nearest !== null && world.kernel(nearest) === undefined) nearest = parentOf(nearest);
  return nearest === null
    ? `no kernel ${address}`
    : `no kernel ${address}; ${nearest} is there${describeChildren(nearest, world)}`;
}

function describeChildren(address: Address, world: WorldView): string {
  const most = 5;
  const children = world.children(address, null, most + 1).map((child) => child.address);
  if (children.length === 0) return ' and has no children';
  return ` and has ${children.slice(0, most).join(', ')}${children.length > most ? ', …' : ''}`;
}
