/** What a contract may do, under the name "kernelscope". */
import * as host from "./host";
import { Reader, Writer, decode, encode } from "./value";

export { Reader, Writer, decode, encode };

/** The address of this kernel, `/bank/alice`. */
export function self(): string {
  return textFrom(host.self, "");
}

/** The address of the kernel that sent the message; `null` for a signal from outside. */
export function sender(): string | null {
  return host.from(0, 0) < 0 ? null : textFrom(host.from, "");
}

/** The method that the message calls. */
export function method(): string {
  return textFrom(host.method, "");
}

/** The arguments of the message: a dag-cbor list. For `receive`; other functions get them as parameters. */
export function args(): Uint8Array {
  const bytes = new Uint8Array(host.args(0, 0));
  host.args(bytes.dataStart, bytes.length);
  return bytes;
}

/** Virtual time: how many messages the world had delivered before this one. */
export function time(): u64 {
  return host.time();
}

/** Gas that is left for this run. */
export function gasLeft(): u64 {
  return host.gas_left();
}

/** Random bytes, the same ones in every run of this message. */
export function random(length: i32): Uint8Array {
  const bytes = new Uint8Array(length);
  host.random(bytes.dataStart, length);
  return bytes;
}

/** Adds a line to the log that is kept with the receipt. */
export function log(text: string): void {
  const bytes = String.UTF8.encode(text);
  host.log(changetype<usize>(bytes), bytes.byteLength);
}

/** Ends the run: nothing of it remains but a receipt with these words. */
export function fail(words: string): void {
  const bytes = String.UTF8.encode(words);
  host.abort(changetype<usize>(bytes), bytes.byteLength);
  unreachable();
}

/** Ends the run with these words unless the condition holds. */
export function require(condition: bool, words: string): void {
  if (!condition) fail(words);
}

/** Answers the message. A function that returns a value answers with that by itself. */
export function reply<T>(value: T): void {
  const bytes = encode<T>(value);
  host.reply(bytes.dataStart, bytes.length);
}

/** Creates a child kernel that runs the contract of that path in the workspace, `contracts/account.ts`. */
export function create(name: string, contract: string): void {
  const nameBytes = String.UTF8.encode(name);
  const contractBytes = String.UTF8.encode(contract);
  host.create(
    changetype<usize>(nameBytes),
    nameBytes.byteLength,
    changetype<usize>(contractBytes),
    contractBytes.byteLength,
  );
}

/** A message in the making: `message("alice", "deposit").arg(amount).send()`. */
export function message(to: string, method: string): Message {
  return new Message(to, method);
}

export class Message {
  private values: Writer = new Writer();
  private count: u32 = 0;

  constructor(
    /** An address, or a path seen from this kernel: `alice`, `../audit`. */
    private to: string,
    private method: string,
  ) {}

  /** Adds an argument. */
  arg<T>(value: T): Message {
    this.values.value<T>(value);
    this.count++;
    return this;
  }

  /** Sends it when this run ends well. The reply arrives as a message that calls `replyTo`, when one is named. */
  send(replyTo: string = ""): void {
    const list = new Writer();
    list.head(4, this.count);
    list.append(this.values);
    const args = list.bytes();
    const to = String.UTF8.encode(this.to);
    const method = String.UTF8.encode(this.method);
    const reply = String.UTF8.encode(replyTo);
    host.send(
      changetype<usize>(to),
      to.byteLength,
      changetype<usize>(method),
      method.byteLength,
      args.dataStart,
      args.length,
      changetype<usize>(reply),
      reply.byteLength,
    );
  }
}

/** What this kernel keeps from message to message: values by key. A `/` in a key makes a level. */
export namespace state {
  /** The value under a key, or `fallback` when there is none. */
  export function get<T>(key: string, fallback: T): T {
    const name = String.UTF8.encode(key);
    const length = host.state_get(changetype<usize>(name), name.byteLength, 0, 0);
    if (length < 0) return fallback;
    const bytes = new Uint8Array(length);
    host.state_get(changetype<usize>(name), name.byteLength, bytes.dataStart, length);
    return decode<T>(bytes);
  }

  export function has(key: string): bool {
    const name = String.UTF8.encode(key);
    return host.state_get(changetype<usize>(name), name.byteLength, 0, 0) >= 0;
  }

  export function set<T>(key: string, value: T): void {
    const name = String.UTF8.encode(key);
    const bytes = encode<T>(value);
    host.state_set(changetype<usize>(name), name.byteLength, bytes.dataStart, bytes.length);
  }

  /** Whether there was a value to remove. */
  export function remove(key: string): bool {
    const name = String.UTF8.encode(key);
    return host.state_delete(changetype<usize>(name), name.byteLength) != 0;
  }

  /** The keys that begin with `prefix`, in the order of their bytes. */
  export function keys(prefix: string = ""): string[] {
    const found: string[] = [];
    let key = prefix;
    if (prefix != "" && has(prefix)) found.push(prefix);
    while (true) {
      const next = nextKey(key);
      if (next === null || !next.startsWith(prefix)) return found;
      found.push(next);
      key = next;
    }
  }

  /** The first key greater than this one, `null` at the end; the empty key asks for the very first. */
  export function nextKey(key: string): string | null {
    const name = String.UTF8.encode(key);
    const length = host.state_next(changetype<usize>(name), name.byteLength, 0, 0);
    if (length < 0) return null;
    const bytes = new ArrayBuffer(length);
    host.state_next(changetype<usize>(name), name.byteLength, changetype<usize>(bytes), length);
    return String.UTF8.decode(bytes);
  }
}

function textFrom(read: (out: usize, capacity: i32) => i32, absent: string): string {
  const length = read(0, 0);
  if (length < 0) return absent;
  const bytes = new ArrayBuffer(length);
  read(changetype<usize>(bytes), length);
  return String.UTF8.decode(bytes);
}

/** What the language calls when an assertion or an array access fails. */
export function abort(words: string | null, file: string | null, line: u32, column: u32): void {
  fail(`${words === null ? "aborted" : words} (${file === null ? "?" : file}:${line}:${column})`);
}

/** What the dispatcher made by the compiler calls. */
@global
function __kernelscope_arguments(): Reader {
  const reader = new Reader(args());
  reader.head(4);
  return reader;
}

@global
function __kernelscope_reply<T>(value: T): void {
  reply<T>(value);
}
