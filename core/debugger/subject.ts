/** What a session steps through: the run of one message, delivered or still waiting. */
import type { Hash } from '../base/hash';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Entry } from '../container/container';
import { describeCode } from '../contracts/describe';
import { createMethodTable } from '../contracts/entry';
import { isControlMethod } from '../environment/control';
import { type Environment, createEnvironment } from '../environment/environment';
import type { Limits } from '../environment/limits';
import type { Message } from '../environment/message';
import type { Branch } from '../history/branch';
import type { Receipt } from '../kernel/receipt';
import type { WorldView } from '../kernel/world-view';

export interface Subject {
  readonly message: Message;
  /** `null` while it waits to be delivered. */
  readonly receipt: Receipt | null;
  /** How many messages had been delivered when it began. */
  readonly time: number;
  readonly code: Hash;
  readonly bytes: Uint8Array;
  readonly entry: Entry;
  readonly limits: Limits;
  /** As the run finds it: a new one at each call. */
  environment(): Environment;
}

/** A fault when there is no such receipt, or when no code ran for it. */
export function receiptToSubject(branch: Branch, index: number): Result<Subject, Fault> {
  const receipt = branch.receipt(index);
  if (receipt === undefined) {
    return err(
      fault('no-receipt', `there is no receipt ${index}`, {
        remedy: `the history has ${branch.length} of them, from 0`,
      }),
    );
  }
  const { message, outcome } = receipt;
  if (outcome.kind === 'rejected') return err(nothingRan(`it was rejected: ${outcome.reason}`));
  return subjectOf(branch, { message, receipt, world: branch.world(index), time: receipt.time });
}

/** Of a message that is the next to be delivered. */
export const nextToSubject = (branch: Branch, message: Message): Result<Subject, Fault> =>
  subjectOf(branch, { message, receipt: null, world: branch.world(), time: branch.delivered });

function subjectOf(
  branch: Branch,
  at: {
    readonly message: Message;
    readonly receipt: Receipt | null;
    readonly world: WorldView;
    readonly time: number;
  },
): Result<Subject, Fault> {
  const { message, receipt, world, time } = at;
  if (isControlMethod(message.method)) return err(nothingRan('its kernel answers it without any code'));
  const kernel = world.kernel(message.to);
  const code = kernel?.code ?? null;
  if (kernel === undefined || code === null) return err(nothingRan(`${message.to} has no code`));
  const bytes = branch.code(code);
  if (bytes === undefined) {
    return err(
      fault('missing-block', `the code of ${message.to} is not in the store`, {
        remedy: 'build its contract as it was then: equal code is kept under the same name',
      }),
    );
  }
  const description = describeCode(bytes);
  if (!description.ok) return description;
  const call = createMethodTable(description.value).resolve(message.method, message.args);
  if (!call.ok) return call;
  const { limits, seed, answers, edits } = branch.inputsAt(receipt?.index ?? time);
  return ok({
    message,
    receipt,
    time,
    code,
    bytes,
    entry: call.value.entry,
    limits,
    environment: () =>
      createEnvironment({ message, limits, time, seed, answers, edits, before: kernel.state }),
  });
}

const nothingRan = (reason: string): Fault =>
  fault('nothing-ran', `no code ran for this message: ${reason}`, {
    remedy: 'choose a message that its kernel ran code for',
  });
