import type { StateTree } from '../state/tree';
import type { Answer } from './answer';
import type { EditAt, MessageEdits } from './edit';
import type { Limits } from './limits';
import type { Draft, Message } from './message';

/** What a run is given. The same inputs give the same run, on any machine, in any container. */
export interface Inputs {
  readonly message: Message;
  readonly limits: Limits;
  /** Virtual time: the number of messages the world had delivered before this one. */
  readonly time: number;
  /** The world's seed; what a run draws depends on it and on the message's id alone. */
  readonly seed: number;
  /** Results given by hand that concern this kernel. */
  readonly answers: readonly Answer[];
  /** Changes to make on the way, in the order of their moments. */
  readonly edits: readonly EditAt[];
  /** The kernel's state as the run found it. */
  readonly before: StateTree;
}

/** All ephemeral state of one run, made fresh for each message. */
export interface Environment extends Inputs {
  /** The state as the run sees it: `before` with its own writes, which nobody else sees until they are committed. */
  state: StateTree;
  readonly sends: Draft[];
  readonly logs: string[];
  /** A dag-cbor value; `null` until the contract replies. */
  reply: Uint8Array | null;
  /** Bytes drawn so far from the run's random stream. */
  randomDrawn: number;
  /** With those that edits add on the way. */
  answers: readonly Answer[];
}

/** What an environment is made of. */
export interface Given extends Omit<Inputs, 'edits'> {
  /** Of any messages. */
  readonly edits?: readonly MessageEdits[];
}

/** Of what it is given, the message's own gas goes before the limits', and what is for others is left out. */
export const createEnvironment = (inputs: Given): Environment => ({
  message: inputs.message,
  limits: inputs.message.gas === null ? inputs.limits : { ...inputs.limits, gas: inputs.message.gas },
  time: inputs.time,
  seed: inputs.seed,
  answers: inputs.answers.length === 0 ? inputs.answers : answersFor(inputs),
  edits: inputs.edits === undefined ? none : editsOf(inputs.edits, inputs.message),
  before: inputs.before,
  state: inputs.before,
  sends: [],
  logs: [],
  reply: null,
  randomDrawn: 0,
});

const none: readonly never[] = [];

function editsOf(all: readonly MessageEdits[], { id }: Message): readonly EditAt[] {
  const own = all.find(({ message }) => message === id);
  return own === undefined ? none : own.edits.toSorted((left, right) => left.count - right.count);
}

const answersFor = ({ answers, message }: Given): readonly Answer[] =>
  answers.filter(({ kernel }) => kernel === message.to);
