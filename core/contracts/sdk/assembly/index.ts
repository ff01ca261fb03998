/**
 * What a contract may do: keep state, send messages, reply, and ask its kernel. Everything a run does is kept when it
 * ends well, and undone as a whole when it fails.
 *
 * Any exported function of a contract is a method that messages can call. Its parameters and its result may be
 * integers, floats, `bool`, `string`, bytes (`Uint8Array`), arrays, classes with fields, and `T | null` of those that
 * are objects. The same types can be kept in state and sent.
 */
import * as kernel from "./kernel";
import * as shown from "./debug";
import * as reader from "./reader";
import * as writer from "./writer";
import {
  received,
  receiveArguments,
  receiveFrom,
  receiveMethod,
  receiveNextKey,
  receiveSelf,
  receiveState,
} from "./received";

import { require } from "./fail";

export { fail, require } from "./fail";

/** The state of this kernel: values under keys, kept from message to message. A `/` in a key makes a level. */
export abstract class state {
  /** The value under a key, or `fallback` when there is none. Fails when the value is of another type. */
  static get<T>(key: string, fallback: T): T {
    const length = stateLength(key);
    if (length < 0) return fallback;
    reader.open(received, length);
    return reader.read<T>();
  }

  /** Whether there is a value under the key. */
  static has(key: string): bool {
    return stateLength(key) >= 0;
  }

  /** Puts a value under a key. */
  static set<T>(key: string, value: T): void {
    writer.begin();
    writer.writeText(key);
    const border = writer.written();
    writer.write<T>(value);
    kernel.state_set(writer.address(0), border, writer.address(border), writer.written() - border);
  }

  /** Removes a key; says whether it was there. */
  static delete(key: string): bool {
    writer.begin();
    writer.writeText(key);
    return kernel.state_delete(writer.address(0), writer.written()) != 0;
  }

  /**
   * Walks the keys that begin with `prefix`, in the order of their bytes:
   * `const owners = state.entries("owners/"); while (owners.next()) { owners.key … owners.value<u64>() … }`
   */
  static entries(prefix: string = ""): Entries {
    return new Entries(prefix);
  }
}

/** A place in a walk through the state. Begins before the first key. */
export class Entries {
  /** The key it stands at. */
  key: string = "";

  private started: bool = false;

  constructor(private prefix: string) {}

  /** Goes to the next key; false when there is none. */
  next(): bool {
    if (!this.started) {
      this.started = true;
      this.key = this.prefix;
      if (this.prefix.length > 0 && state.has(this.prefix)) return true;
    }
    writer.begin();
    writer.writeText(this.key);
    const length = receiveNextKey(writer.address(0), writer.written());
    if (length < 0) return false;
    this.key = String.UTF8.decodeUnsafe(received, length);
    return this.key.startsWith(this.prefix);
  }

  /** The value under the key it stands at. */
  value<T>(): T {
    reader.open(received, stateLength(this.key));
    return reader.read<T>();
  }
}

/** A value of any type, for a contract that passes it on or looks at it later. In the interface its type is `value`. */
export class Value {
  constructor(private encoded: StaticArray<u8>) {}

  /** Any value as a `Value`. */
  static of<T>(value: T): Value {
    writer.begin();
    writer.write<T>(value);
    const encoded = new StaticArray<u8>(writer.written());
    memory.copy(changetype<usize>(encoded), writer.address(0), encoded.length);
    return new Value(encoded);
  }

  /** The value as a type. Fails when it is of another one. */
  as<T>(): T {
    reader.open(changetype<usize>(this.encoded), this.encoded.length);
    return reader.read<T>();
  }

  __write(): void {
    writer.writeEncoded(this.encoded);
  }

  __read(): void {
    this.encoded = reader.readEncoded();
  }
}

/** Stands for an argument that is not given. */
export class Nothing {}

const drawn: usize = memory.data(8, 8);

/**
 * Sends a message: calls `method` of the kernel at `to`, an address (`/bank/alice`) or a path seen from here (`alice`,
 * `../audit`), with up to six arguments. It leaves when this run ends well.
 */
export function send<P1 = Nothing, P2 = Nothing, P3 = Nothing, P4 = Nothing, P5 = Nothing, P6 = Nothing>(
  to: string,
  method: string,
  p1: P1 = none<P1>(),
  p2: P2 = none<P2>(),
  p3: P3 = none<P3>(),
  p4: P4 = none<P4>(),
  p5: P5 = none<P5>(),
  p6: P6 = none<P6>(),
): void {
  sendMessage<P1, P2, P3, P4, P5, P6>(0, to, method, "", p1, p2, p3, p4, p5, p6);
}

/**
 * Sends a message, and asks for its reply: it arrives later as a message of its own, which calls our method `replyTo`
 * with the replied value as its one argument.
 */
export function ask<P1 = Nothing, P2 = Nothing, P3 = Nothing, P4 = Nothing, P5 = Nothing, P6 = Nothing>(
  to: string,
  method: string,
  replyTo: string,
  p1: P1 = none<P1>(),
  p2: P2 = none<P2>(),
  p3: P3 = none<P3>(),
  p4: P4 = none<P4>(),
  p5: P5 = none<P5>(),
  p6: P6 = none<P6>(),
): void {
  sendMessage<P1, P2, P3, P4, P5, P6>(0, to, method, replyTo, p1, p2, p3, p4, p5, p6);
}

/**
 * Asks as `ask` does, and waits for the reply no longer than `within` deliveries of the world. When none came by then, our
 * method `failed(replyTo: string, address: string, reason: string)` is called, by ourselves. A reply that comes later
 * is delivered all the same. Counts as two messages.
 */
export function askWithin<P1 = Nothing, P2 = Nothing, P3 = Nothing, P4 = Nothing, P5 = Nothing, P6 = Nothing>(
  within: u32,
  to: string,
  method: string,
  replyTo: string,
  p1: P1 = none<P1>(),
  p2: P2 = none<P2>(),
  p3: P3 = none<P3>(),
  p4: P4 = none<P4>(),
  p5: P5 = none<P5>(),
  p6: P6 = none<P6>(),
): void {
  require(within > 0, "a reply takes one delivery at the least");
  sendMessage<P1, P2, P3, P4, P5, P6>(within, to, method, replyTo, p1, p2, p3, p4, p5, p6);
}

/** Replies to the message. A method that returns a value has no need of it; the last reply counts. */
export function reply<T>(value: T): void {
  writer.begin();
  writer.write<T>(value);
  kernel.reply(writer.address(0), writer.written());
}

/** Adds a line to the log that is kept with the receipt. */
export function log(message: string): void {
  writer.begin();
  writer.writeText(message);
  kernel.log(writer.address(0), writer.written());
}

/** The address of this kernel. */
export function self(): string {
  const length = receiveSelf();
  return String.UTF8.decodeUnsafe(received, length);
}

/** The address of the kernel that sent the message; `null` for a signal from outside. */
export function sender(): string | null {
  const length = receiveFrom();
  return length < 0 ? null : String.UTF8.decodeUnsafe(received, length);
}

/** The method that the message calls: for `receive`, which takes those that have no function of their own. */
export function method(): string {
  const length = receiveMethod();
  return String.UTF8.decodeUnsafe(received, length);
}

/** The arguments of the message: for `receive`. */
export function args(): Value[] {
  const length = receiveArguments();
  reader.open(received, length);
  return reader.read<Value[]>();
}

/** Creates a child kernel `name`, bound to the contract of that path in the workspace, such as `contracts/account.ts`. */
export function create(name: string, code: string): void {
  const border = writeTwo(name, code);
  kernel.create(writer.address(0), border, writer.address(border), writer.written() - border);
}

/** Creates a child kernel `name`, bound to a module that is given as bytes. */
export function createCode(name: string, code: Uint8Array): void {
  const length = writeOne(name);
  kernel.create_code(writer.address(0), length, code.dataStart, code.length);
}

/**
 * Creates a child kernel `name` with the code and the state that the kernel at `source` has then: this kernel (`.`) or one
 * below it. It costs the same however large the state is. What is below `source` is not copied.
 */
export function copy(source: string, name: string): void {
  const border = writeTwo(source, name);
  kernel.copy(writer.address(0), border, writer.address(border), writer.written() - border);
}

/** Gives a kernel the code of another contract of the workspace: this kernel (`.`) or one below it. Its state stays. */
export function bind(to: string, code: string): void {
  const border = writeTwo(to, code);
  kernel.bind(writer.address(0), border, writer.address(border), writer.written() - border);
}

/** Gives a kernel other code, a module that is given as bytes: this kernel (`.`) or one below it. Its state stays. */
export function bindCode(to: string, code: Uint8Array): void {
  const length = writeOne(to);
  kernel.bind_code(writer.address(0), length, code.dataStart, code.length);
}

/** Removes a kernel, its state and all kernels below it: this kernel (`.`) or one below it. */
export function remove(to: string): void {
  const length = writeOne(to);
  kernel.remove(writer.address(0), length);
}

/** Virtual time: how many messages the world had delivered before this one. */
export function time(): u64 {
  return <u64>kernel.time();
}

/** 64 random bits, the same ones whenever this message is run again. */
export function random(): u64 {
  kernel.random(drawn, 8);
  return load<u64>(drawn);
}

/** So many random bytes, the same ones whenever this message is run again. */
export function randomBytes(length: i32): Uint8Array {
  const bytes = new Uint8Array(length);
  kernel.random(bytes.dataStart, length);
  return bytes;
}

/** Gas that is left for this run. */
export function gasLeft(): u64 {
  return <u64>kernel.gas_left();
}

/** Shows things to whoever watches the run; changes nothing. */
export abstract class debug {
  /** Shows a number. */
  static print<T>(value: T): void {
    if (isFloat<T>()) shown.print_f64(<f64>value);
    else if (sizeof<T>() == 8) shown.print_i64(<i64>value);
    else shown.print(<i32>value);
  }

  /** Shows a text. */
  static text(text: string): void {
    writer.begin();
    writer.writeText(text);
    shown.printMem(writer.address(0), writer.written());
  }

  /** Shows bytes. */
  static bytes(bytes: Uint8Array): void {
    shown.printMemHex(bytes.dataStart, bytes.length);
  }

  /** Shows the calls that led here. */
  static stack(): void {
    shown.stackTrace();
  }
}

function stateLength(key: string): i32 {
  writer.begin();
  writer.writeText(key);
  return receiveState(writer.address(0), writer.written());
}

function writeOne(text: string): i32 {
  writer.begin();
  writer.writeText(text);
  return writer.written();
}

/** Returns where the second text begins. */
function writeTwo(first: string, second: string): i32 {
  const border = writeOne(first);
  writer.writeText(second);
  return border;
}

function sendMessage<P1, P2, P3, P4, P5, P6>(
  within: u32,
  to: string,
  method: string,
  replyTo: string,
  p1: P1,
  p2: P2,
  p3: P3,
  p4: P4,
  p5: P5,
  p6: P6,
): void {
  writer.begin();
  writer.writeText(to);
  const methodAt = writer.written();
  writer.writeText(method);
  const replyAt = writer.written();
  writer.writeText(replyTo);
  const argsAt = writer.written();
  writer.writeList(given<P1>() + given<P2>() + given<P3>() + given<P4>() + given<P5>() + given<P6>());
  writeGiven<P1>(p1);
  writeGiven<P2>(p2);
  writeGiven<P3>(p3);
  writeGiven<P4>(p4);
  writeGiven<P5>(p5);
  writeGiven<P6>(p6);
  const length = writer.written() - argsAt;
  const toText = writer.address(0);
  const methodText = writer.address(methodAt);
  const replyText = writer.address(replyAt);
  const args = writer.address(argsAt);
  if (within == 0) {
    kernel.send(toText, methodAt, methodText, replyAt - methodAt, args, length, replyText, argsAt - replyAt);
  } else {
    kernel.ask(toText, methodAt, methodText, replyAt - methodAt, args, length, replyText, argsAt - replyAt, within);
  }
}

// @ts-ignore: decorator
@inline
function given<T>(): i32 {
  if (isReference<T>()) return idof<NonNullable<T>>() == idof<Nothing>() ? 0 : 1;
  return 1;
}

function none<T>(): T {
  return isReference<T>() ? changetype<T>(0) : <T>0;
}

function writeGiven<T>(value: T): void {
  if (given<T>()) writer.write<T>(value);
}
