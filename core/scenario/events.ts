/** What a run of a scenario tells, as it happens. Everything that shows or keeps a run is made from these. */
import type { Fault } from '../base/fault';
import type { Hash } from '../base/hash';
import type { Value } from '../base/value';
import type { Diagnostic } from '../contracts/build';
import type { Method } from '../contracts/interface';
import type { Address } from '../environment/address';
import type { ImportCall } from '../imports/trace';
import type { Receipt } from '../kernel/receipt';
import type { Expectation, ScenarioKernel, Step } from './scenario';

export type ScenarioEvent =
  | { readonly kind: 'built'; readonly path: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'kernel'; readonly kernel: ScenarioKernel; readonly code: Hash | null }
  | { readonly kind: 'step-begun'; readonly step: Step }
  | MessageEvent
  | ImportEvent
  | ChangeEvent
  | ExpectationEvent
  /** The run, or this step, can't go on. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly step: Step | null }
  | StepEndedEvent
  /** All steps were taken. */
  | { readonly kind: 'ended'; readonly length: number; readonly root: Hash }
  | SummaryEvent;

export interface MessageEvent {
  readonly kind: 'message';
  readonly receipt: Receipt;
  /** What the kernel's code declares of it; `null` when it declares nothing. */
  readonly method: Method | null;
}

/** An import call of the message told of last; only in an observed run. */
export interface ImportEvent {
  readonly kind: 'import';
  readonly call: ImportCall;
  /** What it wrote to the memory, read as its import set declares it; `null` when nothing. */
  readonly written: Value;
}

/** A change in the state of the kernel whose message was told of last; only in an observed run. */
export interface ChangeEvent {
  readonly kind: 'change';
  readonly kernel: Address;
  readonly key: Uint8Array;
  /** `null` when there was nothing under the key. */
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

export interface ExpectationEvent {
  readonly kind: 'expectation';
  readonly step: Step;
  readonly expectation: Expectation;
  readonly held: boolean;
  readonly expected: Value;
  /** `undefined` when there is no such kernel or key. */
  readonly found: Value | undefined;
}

export interface StepEndedEvent {
  readonly kind: 'step-ended';
  readonly step: Step;
  /** Whether it could be sent and all it expects held. */
  readonly held: boolean;
  readonly messages: number;
  readonly gasUsed: number;
}

export interface SummaryEvent {
  readonly kind: 'summary';
  readonly held: boolean;
  readonly steps: number;
  readonly failedSteps: number;
  /** Those that a fault before them kept from being taken. */
  readonly untakenSteps: number;
  readonly expectations: number;
  readonly failedExpectations: number;
  /** Those that the steps' signals caused, themselves included. */
  readonly messages: number;
  readonly gasUsed: number;
  /** Faults that kept the run or a step from going on. */
  readonly faults: number;
}
