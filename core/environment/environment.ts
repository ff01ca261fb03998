import type { Answer } from './answer';
import type { Limits } from './limits';
import type { Draft, Message } from './message';
import type { StateView } from './state-view';

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
}

/** All ephemeral state of one run, made fresh for each message. */
export interface Environment extends Inputs {
  readonly state: StateView;
  readonly sends: Draft[];
  readonly logs: string[];
  /** A dag-cbor value; `null` until the contract replies. */
  reply: Uint8Array | null;
  /** Bytes drawn so far from the run's random stream. */
  randomDrawn: number;
}

export const createEnvironment = (inputs: Inputs, state: StateView): Environment => ({
  ...inputs,
  state,
  sends: [],
  logs: [],
  reply: null,
  randomDrawn: 0,
});
