/** What a kernel does with a control message: how kernels come to be, change their code, and go. */
import type { CID } from 'multiformats/cid';
import { textToBytes } from '../base/bytes';
import { type Hash, codec, hashOf, isBlockLink, linkToHash } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import { type Value, decodeValue, encodeValue, isLink, isValueMap } from '../base/value';
import { type Address, isWithin, parseAddress, rootAddress } from '../environment/address';
import { longestStateKey } from '../environment/limits';
import { controlMethods, maxCodeLength } from '../environment/control';
import type { Message } from '../environment/message';
import { longestKey } from '../state/format';
import type { StateWrite } from '../state/tree';
import { type Kernel, emptyKernel } from './kernel';
import { scheduleToValue, valueToSchedule, valueToTurns } from './schedule-values';
import type { Schedule } from './scheduler';
import type { WorldView } from './world-view';

export interface ControlChange {
  readonly after: Kernel | undefined;
  readonly removed: readonly Address[];
  /** Code that the message brought along, and that nobody has checked or kept yet. */
  readonly newCode: NewCode | null;
}

export interface NewCode {
  readonly hash: Hash;
  readonly bytes: Uint8Array;
}

/** `time` is the number of messages that were delivered before. An error is the reason for a rejection, in words. */
export function control(message: Message, world: WorldView, time: number): Result<ControlChange, string> {
  const { from, to, method } = message;
  if (from !== null && !isWithin(to, from)) return err(`${from} may not ${method} ${to}: it is not below it`);
  const args = decodeValue(message.args);
  if (!args.ok || !Array.isArray(args.value)) return err(`the arguments of ${method} are not a list`);
  const values: readonly Value[] = args.value;
  switch (method) {
    case controlMethods.create:
      return create(to, values, world);
    case controlMethods.copy:
      return copy(message, values, world);
    case controlMethods.bind:
      return bind(to, values, world);
    case controlMethods.remove:
      return remove(to, world);
    case controlMethods.write:
      return write(message, values, world);
    case controlMethods.schedule:
      return schedule(message, values, { world, time });
    default:
      return install(to, values, world);
  }
}

function create(
  to: Address,
  [code, name, state]: readonly Value[],
  world: WorldView,
): Result<ControlChange, string> {
  if (isThere(to, world)) return err(`${to} is there already`);
  const bound = bindingOf(code, name, world);
  if (!bound.ok) return bound;
  if (state !== null && state !== undefined && !isValueMap(state))
    return err('the initial state is not a map');
  const kernel = emptyKernel(to);
  const writes = Object.entries(state ?? {}).map(
    ([key, value]) => [textToBytes(key), value instanceof Uint8Array ? value : encodeValue(value)] as const,
  );
  const unfit = writes.find(([key]) => key.length === 0 || key.length > longestStateKey);
  if (unfit !== undefined)
    return err(`a key of ${unfit[0].length} bytes in the initial state; keys have 1 to ${longestStateKey}`);
  const { newCode, ...binding } = bound.value;
  return changed({ ...kernel, ...binding, state: kernel.state.with(writes) }, newCode);
}

/** Trees are shared, so it costs the same however large the state is. */
function copy(
  { from, to }: Message,
  [source]: readonly Value[],
  world: WorldView,
): Result<ControlChange, string> {
  const address = parseAddress(typeof source === 'string' ? source : '');
  if (!address.ok) return err('what is copied is named by its address');
  if (from !== null && !isWithin(address.value, from))
    return err(`${from} may not copy ${address.value}: it is not below it`);
  if (isThere(to, world)) return err(`${to} is there already`);
  const kernel = world.kernel(address.value);
  if (kernel === undefined) return err(`no kernel ${address.value}`);
  if (address.value === rootAddress) return err('the root is not copied');
  return changed({ ...kernel, address: to });
}

const isThere = (address: Address, world: WorldView): boolean =>
  address === rootAddress || world.addresses(address).next().value === address;

function bind(to: Address, [code, name]: readonly Value[], world: WorldView): Result<ControlChange, string> {
  const kernel = world.kernel(to);
  if (kernel === undefined) return err(`no kernel ${to}`);
  const bound = bindingOf(code, name, world);
  if (!bound.ok) return bound;
  const { newCode, ...binding } = bound.value;
  return changed({ ...kernel, ...binding }, newCode);
}

function remove(to: Address, world: WorldView): Result<ControlChange, string> {
  if (to === rootAddress) return err('the root is always there');
  if (world.kernel(to) === undefined) return err(`no kernel ${to}`);
  return ok({ after: undefined, removed: [...world.addresses(to)], newCode: null });
}

function install(
  to: Address,
  [name, code]: readonly Value[],
  world: WorldView,
): Result<ControlChange, string> {
  const root = world.kernel(rootAddress) ?? emptyKernel(rootAddress);
  if (to !== rootAddress) return err(`contracts are installed at ${rootAddress}, not at ${to}`);
  if (typeof name !== 'string' || name === '')
    return err('a contract is installed by the path of its source');
  if (!isName(name)) return err(tooLong(name));
  if (code === undefined || !isCodeLink(code)) return err('the code of a contract is given as a link');
  return changed({ ...root, state: root.state.with([[installedKey(name), encodeValue(code)]]) });
}

function write(
  { from, to }: Message,
  [entries]: readonly Value[],
  world: WorldView,
): Result<ControlChange, string> {
  if (from !== null) return err(`state is for the world outside to write, not for ${from}`);
  const kernel = world.kernel(to);
  if (kernel === undefined) return err(`no kernel ${to}`);
  if (!Array.isArray(entries)) return err('what is written is not a list');
  const writes = entries.flatMap(valueToWrite);
  if (writes.length < entries.length)
    return err(`an entry is a key of 1 to ${longestKey} bytes, and the bytes of its value or null`);
  return changed({ ...kernel, state: kernel.state.with(writes) });
}

/** None when it isn't one. */
function valueToWrite(entry: Value): readonly StateWrite[] {
  if (!Array.isArray(entry)) return [];
  const [key, value]: readonly Value[] = entry;
  const isKey = key instanceof Uint8Array && key.length > 0 && key.length <= longestKey;
  if (!isKey || !(value === null || value instanceof Uint8Array)) return [];
  return [[key, value ?? undefined]];
}

function schedule(
  { from, to }: Message,
  [value]: readonly Value[],
  { world, time }: { readonly world: WorldView; readonly time: number },
): Result<ControlChange, string> {
  if (from !== null) return err(`the schedule is for the world outside to change, not for ${from}`);
  if (to !== rootAddress) return err(`the schedule is changed at ${rootAddress}, not at ${to}`);
  const chosen = Array.isArray(value) ? listAfter(time, value) : lastingSchedule(value);
  if (!chosen.ok) return chosen;
  const root = world.kernel(rootAddress) ?? emptyKernel(rootAddress);
  return changed({
    ...root,
    state: root.state.with([[scheduleKey, encodeValue(scheduleToValue(chosen.value))]]),
  });
}

function listAfter(time: number, values: readonly Value[]): Result<Schedule, string> {
  const turns = valueToTurns(values);
  return turns.ok ? ok({ start: time + 1, deliveries: turns.value }) : turns;
}

function lastingSchedule(value: Value | undefined): Result<Schedule, string> {
  const lasting = valueToSchedule(value);
  return lasting === undefined
    ? err('a schedule is fifo, manual, the number of a seed, or a list of deliveries')
    : ok(lasting);
}

const scheduleKey = textToBytes('schedule');

/** The schedule that the outside world chose last; `undefined` while it is the one that the world began with. */
export function chosenSchedule(world: WorldView): Schedule | undefined {
  const bytes = world.kernel(rootAddress)?.state.get(scheduleKey);
  const value = bytes === undefined ? undefined : decodeValue(bytes);
  return value?.ok === true ? valueToSchedule(value.value) : undefined;
}

const changed = (after: Kernel, newCode: NewCode | null = null): Result<ControlChange, string> =>
  ok({ after, removed: [], newCode });

const longestName = 512;

/** Whether it may be the path of a contract: it is kept with each kernel, and a part of a key. */
const isName = (name: string): boolean =>
  name.length <= longestName && textToBytes(name).length <= longestName;

const tooLong = (name: string): string =>
  `the path of a contract of ${name.length} characters; the most is ${longestName} bytes`;

const isCodeLink = (value: Value): value is CID => isLink(value) && isBlockLink(value, codec.raw);

const installedKey = (name: string): Uint8Array => textToBytes(`contracts/${name}`);

/** Code by its link, in bytes, or by the path of an installed contract, or none. */
function bindingOf(
  code: Value | undefined,
  name: Value | undefined,
  world: WorldView,
): Result<Pick<Kernel, 'code' | 'codeName'> & Pick<ControlChange, 'newCode'>, string> {
  const codeName = typeof name === 'string' ? name : null;
  if (codeName !== null && !isName(codeName)) return err(tooLong(codeName));
  if (code !== null && code !== undefined) {
    if (code instanceof Uint8Array) return newBinding(code, codeName);
    if (!isCodeLink(code)) return err('the code is neither a link to code nor bytes');
    return ok({ code: linkToHash(code), codeName, newCode: null });
  }
  if (codeName === null) return ok({ code: null, codeName, newCode: null });
  const installed = installedCode(codeName, world);
  return installed === undefined
    ? err(`no contract ${codeName} is installed`)
    : ok({ code: installed, codeName, newCode: null });
}

function newBinding(bytes: Uint8Array, codeName: string | null) {
  if (bytes.length > maxCodeLength)
    return err(`code of ${bytes.length} bytes; the most that a message may bring is ${maxCodeLength}`);
  const hash = hashOf(bytes);
  return ok({ code: hash, codeName, newCode: { hash, bytes } });
}

/** The code that a contract's path stands for, when it was installed. */
export function installedCode(name: string, world: WorldView): Hash | undefined {
  const bytes = world.kernel(rootAddress)?.state.get(installedKey(name));
  const link = bytes === undefined ? undefined : decodeValue(bytes);
  return link?.ok === true && isCodeLink(link.value) ? linkToHash(link.value) : undefined;
}
