/** A scenario that was read and checked: what {@link runScenario} runs. */
import type { Position } from '../base/fault';
import type { Value } from '../base/value';
import type { Address } from '../environment/address';
import type { Answer } from '../environment/answer';
import type { Limits } from '../environment/limits';
import type { ChosenSchedule } from '../kernel/scheduler';

export interface Scenario {
  /** As it is named in faults. */
  readonly file: string;
  readonly name: string;
  readonly limits: Limits;
  /** A list of deliveries begins with the first step: what sets the world up is not in it. */
  readonly schedule: ChosenSchedule;
  /** Where an entry of the list of deliveries stands. */
  readonly locateDelivery: (index: number) => Position;
  readonly answers: readonly Answer[];
  /** Where the import of an answer is named. */
  readonly locateAnswer: (index: number) => Position;
  /** Parents before their children. */
  readonly kernels: readonly ScenarioKernel[];
  readonly steps: readonly Step[];
}

export interface ScenarioKernel {
  readonly address: Address;
  /** Path of its contract from the workspace folder; `null` without code. */
  readonly code: string | null;
  /** Values by key. Bytes are kept as they are, all else as dag-cbor. */
  readonly state: Values;
  readonly position: Position;
  /** Where its contract is named. */
  readonly codePosition: Position;
}

export interface Step {
  /** From 0. */
  readonly index: number;
  readonly to: Address;
  readonly method: string;
  /** By name or by position. */
  readonly args: readonly Value[] | Values;
  readonly gas: number | null;
  readonly expectations: readonly Expectation[];
  readonly position: Position;
  /** Where an argument is named, or else the step. */
  readonly locateArgument: (name: string | number) => Position;
}

export type Values = { readonly [key: string]: Value };

/** One thing that must hold after a step, and where the file says so. */
export type Expectation = ExpectedFact & { readonly position: Position };

export type ExpectedFact =
  | { readonly kind: 'outcome'; readonly expected: ExpectedOutcome }
  | { readonly kind: 'reply'; readonly expected: Value }
  | { readonly kind: 'messages'; readonly expected: number }
  | { readonly kind: 'log'; readonly expected: readonly string[] }
  | { readonly kind: 'state'; readonly kernel: Address; readonly key: string; readonly expected: Value };

/** `words` are a part of the trap's or rejection's own. */
export type ExpectedOutcome =
  { readonly kind: 'ok' } | { readonly kind: 'trap' | 'rejected'; readonly words: string };
