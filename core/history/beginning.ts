/** What stands before the first receipt of a line of commits: the genesis of a world, or a fork of another line. */
import { hashToLink } from '../base/hash';
import { type Value, encodeValue } from '../base/value';
import type { Answer } from '../environment/answer';
import type { MessageEdits } from '../environment/edit';
import type { Limits } from '../environment/limits';
import type { Message } from '../environment/message';
import { scheduleToValue, valueToSchedule } from '../kernel/schedule-values';
import type { Schedule } from '../kernel/scheduler';
import { messageEditsToValue, valueToMessageEdits } from './edit-values';
import type { CommitHead } from './format';
import { DamagedBlock, address, byteString, hash, int, list, orNull, text, versioned } from './stored-value';

/** What the runs of a world depend on beside its messages. */
export interface Inputs {
  readonly limits: Limits;
  readonly seed: number;
  readonly schedule: Schedule;
  readonly answers: readonly Answer[];
}

export interface Beginning {
  /** Those from the first receipt of the line on. */
  readonly inputs: Inputs;
  /** `null` for the genesis of a world. */
  readonly fork: Fork | null;
}

/** Where a line leaves another, told as the commit that would end there. */
export interface Fork extends CommitHead {
  /** Signals that are delivered first, before all that waits: what was changed here. */
  readonly changes: readonly Message[];
  /** Signals that had been accepted and were not delivered yet. */
  readonly waiting: readonly Message[];
  /** Of runs from here on. */
  readonly edits: readonly MessageEdits[];
}

export const beginningToBytes = ({ inputs, fork }: Beginning): Uint8Array =>
  encodeValue(
    fork === null
      ? [genesisVersion, ...inputsToValues(inputs)]
      : [
          fork.edits.length === 0 ? forkVersion : editedForkVersion,
          hashToLink(fork.parent),
          fork.first,
          fork.nextMessageId,
          fork.pending,
          hashToLink(fork.world),
          inputsToValues(inputs),
          fork.changes.map(signalToValue),
          fork.waiting.map(signalToValue),
          ...(fork.edits.length === 0 ? [] : [fork.edits.map(messageEditsToValue)]),
        ],
  );

/** Throws a `DamagedBlock`. */
export function bytesToBeginning(bytes: Uint8Array): Beginning {
  const { version, parts } = versioned(bytes, 'genesis or fork', editedForkVersion);
  if (version === genesisVersion) return { inputs: valuesToInputs(parts), fork: null };
  const [parent, first, nextMessageId, pending, world, inputs, changes, waiting, edits = []] = parts;
  return {
    inputs: valuesToInputs(list(inputs)),
    fork: {
      parent: hash(parent),
      first: int(first),
      nextMessageId: int(nextMessageId),
      pending: int(pending),
      world: hash(world),
      changes: list(changes).map(valueToSignal),
      waiting: list(waiting).map(valueToSignal),
      edits: list(edits).map(valueToMessageEdits),
    },
  };
}

const genesisVersion = 1;
const forkVersion = 2;
/** A fork without edits is written as before there were any. */
const editedForkVersion = 3;

const inputsToValues = ({ limits, seed, schedule, answers }: Inputs): readonly Value[] => [
  limits.gas,
  limits.pages,
  limits.stack,
  limits.messages,
  seed,
  // First in, first out is written as before there were others.
  schedule === 'fifo' ? null : scheduleToValue(schedule),
  answers.map(answerToValue),
];

function answerToValue(answer: Answer): Value {
  const calls = [answer.kernel, answer.import, answer.call ?? null];
  return 'fail' in answer ? [...calls, null, answer.fail] : [...calls, answer.value];
}

function valuesToInputs(values: readonly Value[]): Inputs {
  const [gas, pages, stack, messages, seed, schedule, answers] = values;
  return {
    limits: { gas: int(gas), pages: int(pages), stack: int(stack), messages: int(messages) },
    seed: int(seed),
    schedule: knownSchedule(schedule),
    answers: list(answers).map(valueToAnswer),
  };
}

function valueToAnswer(answer: Value): Answer {
  const [kernel, name, call, value, words] = list(answer);
  const calls = {
    kernel: address(kernel),
    import: text(name),
    ...(call === null ? {} : { call: int(call) }),
  };
  return words === undefined ? { ...calls, value: value ?? null } : { ...calls, fail: text(words) };
}

function knownSchedule(value: Value | undefined): Schedule {
  const schedule = valueToSchedule(value ?? 'fifo');
  if (schedule === undefined) throw new DamagedBlock('a schedule was expected');
  return schedule;
}

const signalToValue = ({ id, to, method, args, gas }: Message): Value => [id, to, method, args, gas];

function valueToSignal(value: Value): Message {
  const [id, to, method, args, gas] = list(value);
  return {
    id: int(id),
    from: null,
    to: address(to),
    method: text(method),
    args: byteString(args),
    replyTo: null,
    gas: orNull(int)(gas),
  };
}
