import type { Environment } from '../environment/environment';
import type { CodePosition } from '../environment/outcome';
import type { ImportCalls } from './calls';
import type { Observer } from './trace';

/**
 * What a container lends to its bound imports: the instance as they may see it, and the run that is on. Instances
 * are pooled, so all of it but the instance changes from run to run.
 */
export interface Guest {
  environment: Environment;
  observer: Observer | null;
  /** Of the run that is on; counted only when it is observed, or has answers given by hand. */
  readonly calls: ImportCalls;
  /** The instance's whole memory as it is now, to be read; empty when it has none. */
  memory(): Uint8Array;
  /** Puts bytes into the memory, in which they have room. */
  write(address: number, bytes: Uint8Array): void;
  gasLeft(): number;
  /** The calls that led to the import that is being called, innermost first. Slow: for observed runs. */
  stack(): readonly CodePosition[];
  /** Takes gas. Throws an {@link OutOfGas} when there is not enough, having taken all there was. */
  charge(gas: number): void;
}

/** Thrown through the instance to end a run. Not an `Error`: no stack is taken, for it is an outcome. */
export class Refusal {
  readonly reason: 'abort' | 'refused';
  readonly detail: string;
  constructor(reason: 'abort' | 'refused', detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

export class OutOfGas {}
