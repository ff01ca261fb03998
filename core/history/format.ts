/**
 * How history is stored. Every block is a dag-cbor list whose first element is the version of its form.
 *
 *   genesis = [1, …inputs]
 *   fork    = [2, parent, first, next, pending, world, inputs, [change …], [waiting …]]
 *           | [3, parent, first, next, pending, world, inputs, [change …], [waiting …], [edited …]]   with changes to runs
 *             parent … world: as of a commit that ends where the fork begins; first: index of the first receipt after it
 *   inputs  = [gas, pages, stack, messages, seed, schedule, [answer …]]
 *             schedule: null for fifo, the seed of a random one, or 'manual', or [start, [turn …]] for a list of deliveries
 *   turn    = [intervention | null, to] | [intervention | null, to, from | null]
 *   answer  = [kernel, import, call | null, value] | [kernel, import, call | null, null, words]      words: it fails with them
 *   change, waiting = [id, to, method, args, gas | null]      signals
 *   edited  = [message id, [[count, ...edit] …]]      count: instructions of the run before it
 *   edit    = ['local' | 'operand', frame, index, bits] | ['global', index, bits] | ['memory', address, bytes]
 *           | ['answer', import, call | null, value] | ['answer', import, call | null, null, words]
 *   commit  = [1, parent, first, next, pending, world, [receipt …]]
 *             parent: the commit before, or the genesis or fork; first: index of the first receipt; next: id that the next
 *             message will have; pending: messages on their way; world: the root after the last receipt
 *   receipt = [origin, room, code | null, outcome, gas, before | null, after | null, firstSend, [send …], [log …]]
 *           | [origin, … [log …], time]      when others were delivered since its run began
 *   origin  = [id, to, method, args, gas | null]      for a signal
 *           | [id, to, cause, signal, depth, null]    for a message that the run of receipt `cause` sent
 *   send    = [to, method, args, replyTo | null, gas | null]
 *           | [to, method, args, replyTo | null, gas | null, from | null]   when it is not from where the message went
 *           | [to, method, args, replyTo | null, gas | null, from | null, heldFor]   when it is held back
 *   outcome = [reply | null] | [reason, detail | null, function | null, offset | null] | text of the rejection
 *
 * And in the index of the store:
 *
 *   branch/NAME      = [2, head, length, [[line, first, beginning] …]]   head: the last commit, or else the last beginning
 *                    | [1, genesis, head, length]                     before there were forks: one line, NAME
 *   commit/LINE/LAST = hash of the commit whose last receipt has the index LAST, written with 12 digits
 *   chosen-branch    = name of the branch that is worked on, when one was chosen
 *   lines            = [1, count]                    of the lines that there ever were: the next one is `~COUNT`
 */
import type { CborWriter } from '../base/cbor-writer';
import { type Codec, type Hash, codec } from '../base/hash';
import type { Value } from '../base/value';
import type { Address } from '../environment/address';
import type { Draft } from '../environment/message';
import type { Outcome, TrapReason } from '../environment/outcome';
import type { Receipt } from '../kernel/receipt';
import { address, byteString, hash, int, list, orNull, text } from './stored-value';

/** A receipt as it is stored: a message that a kernel sent is kept with its sender's receipt alone. */
export interface StoredReceipt extends Omit<
  Receipt,
  'index' | 'message' | 'cause' | 'signal' | 'depth' | 'time' | 'sends'
> {
  readonly origin: SignalOrigin | SentOrigin;
  /** Without it, its index. */
  readonly time?: number;
  readonly firstSend: number;
  readonly sends: readonly StoredSend[];
}

/** Without `from`, it is from the kernel that took the message. */
export type StoredSend = Omit<Draft, 'from'> & Partial<Pick<Draft, 'from'>>;

interface SignalOrigin extends Omit<Draft, 'from' | 'replyTo'> {
  readonly id: number;
}

interface SentOrigin {
  readonly id: number;
  readonly to: Address;
  readonly cause: number;
  readonly signal: number;
  readonly depth: number;
}

export interface CommitHead {
  /** The commit before, or the genesis or fork. */
  readonly parent: Hash;
  /** Index of the first receipt. */
  readonly first: number;
  readonly nextMessageId: number;
  /** Messages on their way after the last receipt. */
  readonly pending: number;
  /** The world's root after the last receipt. */
  readonly world: Hash;
}

export function writeReceipt(writer: CborWriter, receipt: Receipt): void {
  const { sends, logs } = receipt;
  const wasBusy = receipt.time !== receipt.index;
  writer.list(wasBusy ? 11 : 10);
  writeOrigin(writer, receipt);
  writer.integer(receipt.room);
  writeLink(writer, receipt.code, codec.raw);
  writeOutcome(writer, receipt.outcome);
  writer.integer(receipt.gasUsed);
  writeLink(writer, receipt.before);
  writeLink(writer, receipt.after);
  writer.integer(sends[0]?.id ?? 0);
  writer.list(sends.length);
  for (const send of sends) {
    const isHeld = send.heldFor !== undefined;
    const isOwn = send.from === receipt.message.to && !isHeld;
    writer.list(isOwn ? 5 : isHeld ? 7 : 6);
    writer.text(send.to);
    writer.text(send.method);
    writer.bytes(send.args);
    if (send.replyTo === null) writer.null();
    else writer.text(send.replyTo);
    writeInteger(writer, send.gas);
    if (isOwn) continue;
    if (send.from === null) writer.null();
    else writer.text(send.from);
    if (isHeld) writer.integer(send.heldFor);
  }
  writer.list(logs.length);
  for (const line of logs) writer.text(line);
  if (wasBusy) writer.integer(receipt.time);
}

function writeOrigin(writer: CborWriter, { message, cause, signal, depth }: Receipt): void {
  writer.list(cause === null ? 5 : 6);
  writer.integer(message.id);
  writer.text(message.to);
  if (cause === null) {
    writer.text(message.method);
    writer.bytes(message.args);
    writeInteger(writer, message.gas);
  } else {
    writer.integer(cause);
    writer.integer(signal);
    writer.integer(depth);
    writer.null();
  }
}

function writeOutcome(writer: CborWriter, outcome: Outcome): void {
  if (outcome.kind === 'rejected') return writer.text(outcome.reason);
  if (outcome.kind === 'ok') {
    writer.list(1);
    if (outcome.reply === null) writer.null();
    else writer.bytes(outcome.reply);
    return;
  }
  writer.list(4);
  writer.text(outcome.reason);
  if (outcome.detail === null) writer.null();
  else writer.text(outcome.detail);
  writeInteger(writer, outcome.position?.function ?? null);
  writeInteger(writer, outcome.position?.offset ?? null);
}

function writeLink(writer: CborWriter, hash: Hash | null, of: Codec = codec.dagCbor): void {
  if (hash === null) writer.null();
  else writer.link(hash, of);
}

function writeInteger(writer: CborWriter, value: number | null): void {
  if (value === null) writer.null();
  else writer.integer(value);
}

export function valueToReceipt(value: Value): StoredReceipt {
  const [origin, room, code, outcome, gasUsed, before, after, firstSend, sends, logs, time] = list(value);
  return {
    ...(time === undefined ? {} : { time: int(time) }),
    origin: valueToOrigin(list(origin)),
    room: int(room),
    code: orNull(hash)(code),
    outcome: valueToOutcome(outcome),
    gasUsed: int(gasUsed),
    before: orNull(hash)(before),
    after: orNull(hash)(after),
    firstSend: int(firstSend),
    sends: list(sends).map((send) => {
      const [to, method, args, replyTo, gas, from, heldFor] = list(send);
      return {
        ...(from === undefined ? {} : { from: orNull(address)(from) }),
        ...(heldFor === undefined ? {} : { heldFor: int(heldFor) }),
        to: address(to),
        method: text(method),
        args: byteString(args),
        replyTo: orNull(text)(replyTo),
        gas: orNull(int)(gas),
      };
    }),
    logs: list(logs).map(text),
  };
}

function valueToOrigin(origin: readonly Value[]): SignalOrigin | SentOrigin {
  const [id, to, ...rest] = origin;
  const common = { id: int(id), to: address(to) };
  if (origin.length === 6) {
    const [cause, signal, depth] = rest;
    return { ...common, cause: int(cause), signal: int(signal), depth: int(depth) };
  }
  const [method, args, gas] = rest;
  return { ...common, method: text(method), args: byteString(args), gas: orNull(int)(gas) };
}

function valueToOutcome(value: Value | undefined): Outcome {
  if (typeof value === 'string') return { kind: 'rejected', reason: value };
  const parts = list(value);
  if (parts.length === 1) return { kind: 'ok', reply: orNull(byteString)(parts[0]) };
  const [reason, detail, functionIndex, offset] = parts;
  return {
    kind: 'trap',
    reason: text(reason) as TrapReason,
    detail: orNull(text)(detail),
    position: functionIndex === null ? null : { function: int(functionIndex), offset: int(offset) },
  };
}
