/**
 * How history is stored. Every block is a dag-cbor list whose first element is the version of its form.
 *
 *   genesis = [1, gas, pages, stack, messages, seed, schedule, [answer …]]
 *             schedule: null for fifo, the seed of a random one, or 'manual', or [start, [turn …]] for a list of deliveries
 *   turn    = [intervention | null, to] | [intervention | null, to, from | null]
 *   answer  = [kernel, import, call | null, value]
 *   commit  = [1, parent, first, next, pending, world, [receipt …]]
 *             parent: the commit before, or the genesis; first: index of the first receipt; next: id that the next
 *             message will have; pending: messages on their way; world: the root after the last receipt
 *   receipt = [origin, room, code | null, outcome, gas, before | null, after | null, firstSend, [send …], [log …]]
 *   origin  = [id, to, method, args, gas | null]      for a signal
 *           | [id, to, cause, signal, depth, null]    for a message that the run of receipt `cause` sent
 *   send    = [to, method, args, replyTo | null, gas | null]
 *           | [to, method, args, replyTo | null, gas | null, from | null]   when it is not from where the message went
 *           | [to, method, args, replyTo | null, gas | null, from | null, heldFor]   when it is held back
 *   outcome = [reply | null] | [reason, detail | null, function | null, offset | null] | text of the rejection
 *
 * And in the index of the store:
 *
 *   branch/NAME      = [genesis, head, length]        head: the last commit, or the genesis
 *   commit/NAME/LAST = hash of the commit whose last receipt has the index LAST, written with 12 digits
 */
import { type CborWriter, createCborWriter } from '../base/cbor-writer';
import { type Codec, type Hash, codec, hashToLink, linkToHash } from '../base/hash';
import { type Value, decodeValue, encodeValue, isLink } from '../base/value';
import type { Address } from '../environment/address';
import type { Answer } from '../environment/answer';
import type { Limits } from '../environment/limits';
import type { Draft } from '../environment/message';
import type { Outcome, TrapReason } from '../environment/outcome';
import type { Receipt } from '../kernel/receipt';
import type { Schedule, Turn } from '../kernel/scheduler';

/** What a world is made from; the first block of its history. */
export interface Genesis {
  readonly limits: Limits;
  readonly seed: number;
  readonly schedule: Schedule;
  readonly answers: readonly Answer[];
}

/** A receipt as it is stored: a message that a kernel sent is kept with its sender's receipt alone. */
export interface StoredReceipt extends Omit<
  Receipt,
  'index' | 'message' | 'cause' | 'signal' | 'depth' | 'sends'
> {
  readonly origin: SignalOrigin | SentOrigin;
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
  /** The commit before, or the genesis. */
  readonly parent: Hash;
  /** Index of the first receipt. */
  readonly first: number;
  readonly nextMessageId: number;
  /** Messages on their way after the last receipt. */
  readonly pending: number;
  /** The world's root after the last receipt. */
  readonly world: Hash;
}

export interface StoredCommit extends CommitHead {
  readonly receipts: readonly StoredReceipt[];
}

export interface BranchHead {
  readonly genesis: Hash;
  readonly head: Hash;
  readonly length: number;
}

/** Thrown by the readers below for a block that isn't what its place says. */
export class DamagedBlock extends Error {
  constructor(what: string) {
    super(`damaged history: ${what}`);
  }
}

const version = 1;

export const genesisToBytes = ({ limits, seed, schedule, answers }: Genesis): Uint8Array =>
  encodeValue([
    version,
    limits.gas,
    limits.pages,
    limits.stack,
    limits.messages,
    seed,
    scheduleToValue(schedule),
    answers.map((answer) => [answer.kernel, answer.import, answer.call ?? null, answer.value]),
  ]);

export function bytesToGenesis(bytes: Uint8Array): Genesis {
  const [gas, pages, stack, messages, seed, schedule, answers] = versioned(bytes, 'genesis');
  return {
    limits: { gas: int(gas), pages: int(pages), stack: int(stack), messages: int(messages) },
    seed: int(seed),
    schedule: valueToSchedule(schedule),
    answers: list(answers).map((answer) => {
      const [kernel, name, call, value] = list(answer);
      const common = { kernel: address(kernel), import: text(name), value: value ?? null };
      return call === null ? common : { ...common, call: int(call) };
    }),
  };
}

export function commitToBytes(commit: CommitHead, receipts: readonly Receipt[]): Uint8Array {
  const writer = createCborWriter(256 + receipts.length * 256);
  writer.list(7);
  writer.integer(version);
  writer.link(commit.parent);
  writer.integer(commit.first);
  writer.integer(commit.nextMessageId);
  writer.integer(commit.pending);
  writer.link(commit.world);
  writer.list(receipts.length);
  for (const receipt of receipts) writeReceipt(writer, receipt);
  return writer.written();
}

export function bytesToCommit(bytes: Uint8Array): StoredCommit {
  const [parent, first, nextMessageId, pending, world, receipts] = versioned(bytes, 'commit');
  return {
    parent: hash(parent),
    first: int(first),
    nextMessageId: int(nextMessageId),
    pending: int(pending),
    world: hash(world),
    receipts: list(receipts).map(valueToReceipt),
  };
}

export const headToBytes = ({ genesis, head, length }: BranchHead): Uint8Array =>
  encodeValue([version, hashToLink(genesis), hashToLink(head), length]);

export function bytesToHead(bytes: Uint8Array): BranchHead {
  const [genesis, head, length] = versioned(bytes, 'branch');
  return { genesis: hash(genesis), head: hash(head), length: int(length) };
}

function scheduleToValue(schedule: Schedule): Value {
  if (schedule === 'fifo') return null;
  if (schedule === 'manual') return schedule;
  if ('seed' in schedule) return schedule.seed;
  const turns = schedule.deliveries.map(({ to, from, intervention = null }) =>
    from === undefined ? [intervention, to] : [intervention, to, from],
  );
  return [schedule.start, turns];
}

function valueToSchedule(value: Value | undefined): Schedule {
  if (value === null) return 'fifo';
  if (value === 'manual') return value;
  if (typeof value === 'number') return { seed: value };
  const [start, turns] = list(value);
  return { start: int(start), deliveries: list(turns).map(valueToTurn) };
}

function valueToTurn(value: Value): Turn {
  const [intervention, to, from] = list(value);
  return {
    to: address(to),
    ...(from === undefined ? {} : { from: orNull(address)(from) }),
    ...(intervention === 'drop' || intervention === 'duplicate' ? { intervention } : {}),
  };
}

function writeReceipt(writer: CborWriter, receipt: Receipt): void {
  const { sends, logs } = receipt;
  writer.list(10);
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

function valueToReceipt(value: Value): StoredReceipt {
  const [origin, room, code, outcome, gasUsed, before, after, firstSend, sends, logs] = list(value);
  return {
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

function versioned(bytes: Uint8Array, what: string): readonly Value[] {
  const value = decodeValue(bytes);
  if (!value.ok) throw new DamagedBlock(`a ${what}: ${value.error.message}`);
  const [found, ...rest] = list(value.value);
  if (found !== version)
    throw new DamagedBlock(
      `a ${what} of version ${typeof found === 'number' ? found : 'unknown'}; this program reads ${version}`,
    );
  return rest;
}

function list(value: Value | undefined): readonly Value[] {
  if (!Array.isArray(value)) throw new DamagedBlock('a list was expected');
  return value;
}

function int(value: Value | undefined): number {
  if (typeof value !== 'number') throw new DamagedBlock('a number was expected');
  return value;
}

function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new DamagedBlock('a text was expected');
  return value;
}

const address = (value: Value | undefined): Address => text(value) as Address;

function byteString(value: Value | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new DamagedBlock('bytes were expected');
  return value;
}

function hash(value: Value | undefined): Hash {
  if (value === undefined || !isLink(value)) throw new DamagedBlock('a link was expected');
  return linkToHash(value);
}

const orNull =
  <T>(read: (value: Value | undefined) => T) =>
  (value: Value | undefined): T | null =>
    value === null ? null : read(value);
