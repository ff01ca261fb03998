/** What the outside world does to the mailboxes: drops, duplicates and replaces what waits there, and adds to it. */
import { type Result, err, ok } from '../base/result';
import { type Value, decodeValue } from '../base/value';
import { parseAddress, rootAddress } from '../environment/address';
import { type MailboxMethod, isMailboxMethod, mailboxMethods } from '../environment/control';
import type { Draft, Message } from '../environment/message';

/** Gives the message of that id when it is in a mailbox. */
export type FindWaiting = (id: number) => Message | undefined;

/** What becomes of the message that an intervention names: it goes, or what was sent takes its place. */
export interface Intervention {
  readonly method: MailboxMethod;
  /** `null` when it names none. */
  readonly id: number | null;
}

/** `undefined` for a message that leaves the mailboxes alone. */
export function interventionOf({ from, method, args }: Message): Intervention | undefined {
  if (from !== null || !isMailboxMethod(method)) return undefined;
  const [id] = argumentsOf(args);
  return { method, id: typeof id === 'number' ? id : null };
}

/** What an intervention sends: its copy, or what takes the place of the message it names. An error is in words. */
export function intervene(message: Message, find: FindWaiting): Result<readonly Draft[], string> {
  const { from, to, method } = message;
  if (from !== null) return err(`${method} is for the world outside, not for ${from}`);
  if (to !== rootAddress) return err(`${method} goes to ${rootAddress}, not to ${to}`);
  const args = argumentsOf(message.args);
  if (method === mailboxMethods.signal) return signal(args);
  const [id, replacement, replacementArgs] = args;
  if (typeof id !== 'number') return err(`${method} names a message by its id`);
  const waiting = find(id);
  if (waiting === undefined) return err(`no message ${id} is waiting`);
  if (method === mailboxMethods.drop) return ok([]);
  if (method === mailboxMethods.duplicate) return ok([draftOf(waiting)]);
  return withCall(draftOf(waiting), replacement, replacementArgs);
}

function signal([to, method, args, gas]: readonly Value[]): Result<readonly Draft[], string> {
  const address = typeof to === 'string' ? parseAddress(to) : err({ message: 'a signal goes to an address' });
  if (!address.ok) return err(address.error.message);
  const draft: Draft = {
    from: null,
    to: address.value,
    method: '',
    args: emptyArguments,
    replyTo: null,
    gas: typeof gas === 'number' ? gas : null,
  };
  return withCall(draft, method, args);
}

function withCall(
  draft: Draft,
  method: Value | undefined,
  args: Value | undefined,
): Result<readonly Draft[], string> {
  if (typeof method !== 'string' || method === '') return err('a message calls a method by its name');
  if (!(args instanceof Uint8Array) || !isList(args))
    return err('the arguments of a message are a dag-cbor list');
  return ok([{ ...draft, method, args }]);
}

const draftOf = ({ id: _id, ...draft }: Message): Draft => draft;

const emptyArguments = Uint8Array.of(0x80);

const isList = (bytes: Uint8Array): boolean => {
  const value = decodeValue(bytes);
  return value.ok && Array.isArray(value.value);
};

function argumentsOf(bytes: Uint8Array): readonly Value[] {
  const args = decodeValue(bytes);
  return args.ok && Array.isArray(args.value) ? args.value : [];
}
