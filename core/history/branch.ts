/** INTERFACE ONLY, to be implemented here. */
import type { Event } from '../base/events';
import type { Fault } from '../base/fault';
import type { Hash } from '../base/hash';
import type { Result } from '../base/result';
import type { Answer } from '../environment/answer';
import type { Address } from '../environment/address';
import type { Environment } from '../environment/environment';
import type { Limits } from '../environment/limits';
import type { Draft } from '../environment/message';
import type { Observer } from '../imports/trace';
import type { Receipt } from '../kernel/receipt';
import type { StateTree } from '../state/tree';

/** What a world is made from; the first block of its history. */
export interface Genesis {
  readonly limits: Limits;
  readonly seed: number;
  readonly answers: readonly Answer[];
}

export interface KernelRecord {
  readonly address: Address;
  /** `null` for a kernel without code, which only passes messages on to its children. */
  readonly code: Hash | null;
  /** The path of the contract it was bound to, `contracts/bank.ts`; `null` when bound to bytes or to nothing. */
  readonly codeName: string | null;
  readonly state: StateTree;
}

/** All kernels as they were after some receipt. */
export interface WorldView {
  kernel(address: Address): KernelRecord | undefined;
  /** Direct children in order of their names, those greater than `after`, at most `count`. */
  children(parent: Address, after: string | null, count: number): readonly KernelRecord[];
  countChildren(parent: Address): number;
}

export interface Rerun {
  readonly receipt: Receipt;
  readonly environment: Environment;
  /** The state before, as a tree, to compare with what was written. */
  readonly before: StateTree;
  readonly after: StateTree;
}

/** A name that points into the history, and the world as it is at its end. The only way to change that world. */
export interface Branch {
  readonly name: string;
  readonly genesis: Genesis;
  /** Committed receipts. */
  readonly length: number;
  /** Messages accepted and not delivered yet. */
  readonly pending: number;
  /** Told after each commit: what it says is durable. */
  readonly onCommit: Event<{ readonly length: number; readonly pending: number }>;
  /** Keeps code bytes as a block. Returns its hash, for `kernel:create` and `kernel:bind`. */
  addCode(code: Uint8Array): Hash;
  code(hash: Hash): Uint8Array | undefined;
  /** Puts a signal into its mailbox; returns the message's id. */
  signal(signal: Omit<Draft, 'from'>): number;
  /** Delivers up to `most` messages, and commits what it delivered. Returns how many. */
  run(most: number): number;
  receipt(index: number): Receipt | undefined;
  /** From `start`, at most `count`, in order. */
  receipts(start: number, count: number): readonly Receipt[];
  /** The world after the first `length` receipts; without it, as it is now. */
  world(length?: number): WorldView;
  worldRoot(): Hash;
  /** Runs the message of a receipt again from its inputs. A fault when what it needs is gone or when it differs. */
  rerun(
    index: number,
    observer: Observer | null,
  ): Result<Rerun, Fault<'no-receipt' | 'missing-block' | 'diverged'>>;
}
