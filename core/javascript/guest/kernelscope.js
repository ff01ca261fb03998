/**
 * What a contract may do: keep state, send messages, reply, and ask its kernel. Everything a run does is kept when it ends
 * well, and undone as a whole when it fails.
 *
 * Any exported function of a contract is a method that messages can call. What it is given, returns, keeps and sends
 * are values of the dag-cbor data model: `null`, booleans, numbers, texts, `Uint8Array`, `Link`, lists and plain objects.
 * An integer is a number when it is a safe one, and a bigint otherwise.
 */
import * as shown from 'kernelscope/debug';
import * as kernel from 'kernelscope/kernel';

export { Link } from 'kernelscope/codec';

/** The state of this kernel: values under keys, kept from message to message. A `/` in a key makes a level. */
export const state = {
  /** The value under a key, or `fallback` when there is none. */
  get(key, fallback = null) {
    const value = kernel.state_get(key);
    return value === undefined ? fallback : value;
  },

  /** Whether there is a value under the key. */
  has: (key) => kernel.state_get(key) !== undefined,

  /** Puts a value under a key. */
  set: (key, value) => kernel.state_set(key, value),

  /** Removes a key; says whether it was there. */
  delete: (key) => kernel.state_delete(key) === 1,

  /** Keys that begin with `prefix` and their values, in the order of the keys' bytes. */
  *entries(prefix = '') {
    if (prefix !== '' && state.has(prefix)) yield [prefix, state.get(prefix)];
    for (let key = kernel.state_next(prefix); key?.startsWith(prefix); key = kernel.state_next(key)) {
      yield [key, state.get(key)];
    }
  },
};

/**
 * Sends a message: calls `method` of the kernel at `to`, an address (`/bank/alice`) or a path seen from here (`alice`,
 * `../audit`). It leaves when this run ends well.
 */
export const send = (to, method, ...args) => kernel.send(to, method, args, '');

/**
 * Sends a message, and asks for its reply: it arrives later as a message of its own, which calls our method `replyTo`
 * with the replied value as its one argument.
 */
export const ask = (to, method, replyTo, ...args) => kernel.send(to, method, args, replyTo);

/**
 * Asks as `ask` does, and waits for the reply no longer than `within` deliveries of the world. When none came by then, our
 * method `failed(replyTo, address, reason)` is called, by ourselves. A reply that comes later is delivered all the same.
 * Counts as two messages.
 */
export const askWithin = (within, to, method, replyTo, ...args) =>
  kernel.ask(to, method, args, replyTo, within);

/** Replies to the message. A method that returns a value has no need of it; the last reply counts. */
export const reply = (value) => kernel.reply(value);

/** Adds a line to the log that is kept with the receipt. */
export const log = (message) => kernel.log(String(message));

/** The address of this kernel. */
export const self = () => kernel.self();

/** The address of the kernel that sent the message; `null` for a signal from outside. */
export const sender = () => kernel.from() ?? null;

/** The method that the message calls: for `receive`, which takes those that have no function of their own. */
export const method = () => kernel.method();

/** The arguments of the message: for `receive`. */
export const args = () => kernel.args();

/** Creates a child kernel `name`, bound to the contract of that path in the workspace, such as `contracts/account.js`. */
export const create = (name, code) => kernel.create(name, code);

/** Creates a child kernel `name`, bound to code that is given as bytes. */
export const createCode = (name, code) => kernel.create_code(name, code);

/**
 * Creates a child kernel `name` with the code and the state that the kernel at `source` has then: this kernel (`.`) or one
 * below it. It costs the same however large the state is. What is below `source` is not copied.
 */
export const copy = (source, name) => kernel.copy(source, name);

/** Gives a kernel the code of another contract of the workspace: this kernel (`.`) or one below it. Its state stays. */
export const bind = (to, code) => kernel.bind(to, code);

/** Gives a kernel other code, as bytes: this kernel (`.`) or one below it. Its state stays. */
export const bindCode = (to, code) => kernel.bind_code(to, code);

/** Removes a kernel, its state and all kernels below it: this kernel (`.`) or one below it. */
export const remove = (to) => kernel.remove(to);

/** Virtual time: how many messages the world had delivered before this one. */
export const time = () => kernel.time();

/** So many random bytes, the same ones whenever this message is run again. `Math.random` draws from them, too. */
export const randomBytes = (length) => kernel.random(length);

/** Gas that is left for this run. */
export const gasLeft = () => kernel.gas_left();

/**
 * Ends the run with these words. Nothing of it remains but a receipt that quotes them: writes are undone, messages
 * unsent.
 */
export const fail = (message) => kernel.abort(String(message));

/** Ends the run with these words unless the condition holds. */
export function require(condition, message) {
  if (!condition) fail(message);
}

/** Shows things to whoever watches the run; changes nothing. */
export const debug = {
  /** Shows a number, or anything else as text. */
  print(value) {
    if (typeof value === 'bigint') shown.print_i64(value);
    else if (typeof value === 'number') shown.print_f64(value);
    else shown.printMem(String(value));
  },

  /** Shows a text. */
  text: (text) => shown.printMem(text),

  /** Shows bytes. */
  bytes: (bytes) => shown.printMemHex(bytes),

  /** Shows the calls that led here. */
  stack: () => shown.stackTrace(),
};
