/** The control messages as signals from outside: how a world is set up, its code changed, and its mailboxes meddled with. */
import { type Hash, codec, hashToLink } from '../base/hash';
import { type Value, encodeValue } from '../base/value';
import { type Address, rootAddress } from '../environment/address';
import {
  type ControlMethod,
  type MailboxMethod,
  controlMethods,
  mailboxMethods,
} from '../environment/control';
import type { StateWrite } from '../state/tree';
import { scheduleToValue, turnsToValue } from './schedule-values';
import { type ChosenSchedule, type ScheduledIntervention, isList } from './scheduler';
import type { Signal } from './world';

/** Code of the store, and the path of the contract it was built from when it was. */
export interface Binding {
  readonly code: Hash | null;
  readonly codeName: string | null;
}

/** The root is there from the beginning: it is only bound. */
export const createSignal = (
  address: Address,
  { code, codeName }: Binding,
  state: { readonly [key: string]: Value } | null,
): Signal =>
  address === rootAddress
    ? bindSignal(address, { code, codeName })
    : controlSignal(address, controlMethods.create, [linkOrNull(code), codeName, state]);

export const bindSignal = (address: Address, { code, codeName }: Binding): Signal =>
  controlSignal(address, controlMethods.bind, [linkOrNull(code), codeName]);

/** Makes a contract known by its path, so that contracts can create children from it. */
export const installSignal = (path: string, code: Hash): Signal =>
  controlSignal(rootAddress, controlMethods.install, [path, linkOrNull(code)]);

/** `undefined` deletes the key. */
export const writeSignal = (address: Address, writes: readonly StateWrite[]): Signal =>
  controlSignal(address, controlMethods.write, [writes.map(([key, value]) => [key, value ?? null])]);

/** The first delivery of a list is the one after this message. */
export const scheduleSignal = (schedule: ChosenSchedule): Signal =>
  controlSignal(rootAddress, controlMethods.schedule, [
    isList(schedule) ? turnsToValue(schedule.deliveries) : scheduleToValue(schedule),
  ]);

/** Drops or duplicates a waiting message. */
export const interveneSignal = ({ intervention, id }: ScheduledIntervention): Signal =>
  controlSignal(rootAddress, mailboxMethods[intervention], [id]);

/** Puts another call in the place of a waiting message; `args` is a dag-cbor list. */
export const replaceSignal = (id: number, method: string, args: Uint8Array): Signal =>
  controlSignal(rootAddress, mailboxMethods.replace, [id, method, args]);

/** Puts a signal into its mailbox, to wait there until somebody asks for its delivery. */
export const enqueueSignal = ({ to, method, args, gas }: Signal): Signal =>
  controlSignal(rootAddress, mailboxMethods.signal, [to, method, args, gas]);

const linkOrNull = (code: Hash | null): Value => (code === null ? null : hashToLink(code, codec.raw));

const controlSignal = (
  to: Address,
  method: ControlMethod | MailboxMethod,
  args: readonly Value[],
): Signal => ({
  to,
  method,
  args: encodeValue(args),
  replyTo: null,
  gas: null,
});
