/**
 * How history is stored. Every block is a dag-cbor list whose first element is the version of its form.
 *
 *   genesis = [1, gas, pages, stack, messages, seed, schedule, [answer …]]
 *             schedule: null for fifo, or the seed of a random one
 *   answer  = [kernel, import, call | null, value]
 *   commit  = [1, parent, first, next, pending, world, [receipt …]]
 *             parent: the commit before, or the genesis; first: index of the first receipt; next: id that the next
 *             message will have; pending: messages on their way; world: the root after the last receipt
 *   receipt = [origin, room, code | null, outcome, gas, before | null, after | null, firstSend, [send …], [log …]]
 *   origin  = [id, to, method, args, gas | null]      for a signal
 *           | [id, to, cause, signal, depth, null]    for a message that the run of receipt `cause` sent
 *   send    = [to, method, args, replyTo | null, gas | null]
 *   outcome = [reply | null] | [reason, detail | null, function | null, offset | null] | text of the rejection
 *
 * And in the index of the store:
 *
 *   branch/NAME      = [genesis, head, length]        head: the last commit, or the genesis
 *   commit/NAME/LAST = hash of the commit whose last receipt has the index LAST, written with 12 digits
 */
import { type Hash, type Codec, codec, hashToLink, linkToHash } from '../base/hash';
import { type Value, decodeValue, encodeValue, isLink } from '../base/value';
import type { Address } from '../environment/address';
import type { Answer } from '../environment/answer';
import type { Limits } from '../environment/limits';
import type { Draft } from '../environment/message';
import type { Outcome, TrapReason } from '../environment/outcome';
import type { Receipt } from '../kernel/receipt';
import type { Schedule } from '../kernel/scheduler';

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
  readonly sends: readonly Omit<Draft, 'from'>[];
}

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

export interface Commit {
  readonly parent: Hash;
  readonly first: number;
  readonly nextMessageId: number;
  readonly pending: number;
  readonly world: Hash;
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
    schedule === 'fifo' ? null : schedule.seed,
    answers.map((answer) => [answer.kernel, answer.import, answer.call ?? null, answer.value]),
  ]);

export function bytesToGenesis(bytes: Uint8Array): Genesis {
  const [gas, pages, stack, messages, seed, schedule, answers] = versioned(bytes, 'genesis');
  return {
    limits: { gas: int(gas), pages: int(pages), stack: int(stack), messages: int(messages) },
    seed: int(seed),
    schedule: schedule === null ? 'fifo' : { seed: int(schedule) },
    answers: list(answers).map((answer) => {
      const [kernel, name, call, value] = list(answer);
      const common = { kernel: address(kernel), import: text(name), value: value ?? null };
      return call === null ? common : { ...common, call: int(call) };
    }),
  };
}

export const commitToBytes = (commit: Commit): Uint8Array =>
  encodeValue([
    version,
    hashToLink(commit.parent),
    commit.first,
    commit.nextMessageId,
    commit.pending,
    hashToLink(commit.world),
    commit.receipts.map(receiptToValue),
  ]);

export function bytesToCommit(bytes: Uint8Array): Commit {
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

function receiptToValue(receipt: StoredReceipt): Value {
  const { origin } = receipt;
  return [
    'cause' in origin
      ? [origin.id, origin.to, origin.cause, origin.signal, origin.depth, null]
      : [origin.id, origin.to, origin.method, origin.args, origin.gas],
    receipt.room,
    linkOrNull(receipt.code, codec.raw),
    outcomeToValue(receipt.outcome),
    receipt.gasUsed,
    linkOrNull(receipt.before),
    linkOrNull(receipt.after),
    receipt.firstSend,
    receipt.sends.map((send) => [send.to, send.method, send.args, send.replyTo, send.gas]),
    [...receipt.logs],
  ];
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
      const [to, method, args, replyTo, gas] = list(send);
      return {
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

function outcomeToValue(outcome: Outcome): Value {
  if (outcome.kind === 'ok') return [outcome.reply];
  if (outcome.kind === 'rejected') return outcome.reason;
  const { reason, detail, position } = outcome;
  return [reason, detail, position?.function ?? null, position?.offset ?? null];
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

const linkOrNull = (of: Hash | null, as: Codec = codec.dagCbor): Value =>
  of === null ? null : hashToLink(of, as);

function versioned(bytes: Uint8Array, what: string): readonly Value[] {
  const value = decodeValue(bytes);
  if (!value.ok) throw new DamagedBlock(`a ${what}: ${value.error.message}`);
  const [found, ...rest] = list(value.value);
  if (found !== version)
    throw new DamagedBlock(`a ${what} of version ${String(found)}; this program reads ${version}`);
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
