/**
 * How code asks its host for something: by a buffer that says what, which the host makes and knows by its address. Its
 * first word is the number of what is wanted, and the place of the result; parameters follow as wasm takes them, 8 bytes
 * each, and then what they point to, by the distance from the buffer's start.
 */
const { host } = globalThis;
delete globalThis.host;

/** Numbers from here on down are not functions of import sets. */
const asks = { end: 0xffff, toBytes: 0xfffe, toText: 0xfffd };

/** Words of the buffer: for a text that is to be converted, and for the first parameter. */
const word = { capacity: 1, text: 2, length: 3, parameters: 4 };

const firstByte = 256;

export class Exchange {
  static #idle = null;

  /** An exchange for one call. Nothing else uses it until it is left. */
  static enter() {
    const exchange = Exchange.#idle ?? new Exchange(1 << 12);
    Exchange.#idle = null;
    exchange.at = firstByte;
    exchange.slot = word.parameters;
    return exchange;
  }

  leave() {
    Exchange.#idle = this;
  }

  constructor(length) {
    this.#allocate(length);
  }

  #allocate(length) {
    const buffer = host(-length);
    if (buffer === undefined) throw new RangeError('out of memory');
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.view = new DataView(buffer);
    [this.address] = this.words;
  }

  /** Makes room for so many bytes more. */
  reserve(more) {
    const { bytes, at } = this;
    if (at + more <= bytes.length) return;
    this.#allocate(8 * Math.ceil(Math.max(bytes.length * 2, at + more) / 8));
    this.bytes.set(bytes);
  }

  /** Adds a parameter of 32 bits. */
  put32(value) {
    this.words[this.slot] = value;
    this.slot += 2;
  }

  put64(value) {
    this.view.setBigInt64(4 * this.slot, value, true);
    this.slot += 2;
  }

  putFloat(value) {
    this.view.setFloat64(4 * this.slot, value, true);
    this.slot += 2;
  }

  putBytes(bytes) {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Writes UTF-8, at `at`; gives its length. */
  putText(text, at = this.at) {
    const { words } = this;
    words[word.capacity] = this.bytes.length;
    words[word.text] = at;
    words[word.length] = text.length;
    this.call(asks.toBytes, text);
    const length = words[0];
    if (length < 0) return this.#putLetters(unescape(encodeURIComponent(text.toWellFormed())), at);
    if (at + length <= this.bytes.length) return length;
    this.reserve(at + length - this.at);
    return this.putText(text, at);
  }

  /** A text of one character for each byte: for those with zeros or half characters, which the host doesn't take. */
  #putLetters(letters, at) {
    this.reserve(at + letters.length - this.at);
    for (let index = 0; index < letters.length; index++) this.bytes[at + index] = letters.charCodeAt(index);
    return letters.length;
  }

  /** Reads UTF-8. */
  takeText(start, length) {
    const { words } = this;
    words[word.text] = start;
    words[word.length] = length;
    const text = this.call(asks.toText);
    if (text !== undefined) return text;
    let letters = '';
    for (const end = start + length; start < end; start += 4096)
      letters += String.fromCharCode.apply(null, this.bytes.subarray(start, Math.min(end, start + 4096)));
    return decodeURIComponent(escape(letters));
  }

  /** Asks the host; the result is where the number was. */
  call(number, text) {
    this.words[0] = number;
    return host(this.address, text);
  }
}

// Made here, once, so that no message has to.
Exchange.enter().leave();

/** Gives the host texts: for scripts whose host asks for nothing else. */
export function report(texts) {
  const exchange = Exchange.enter();
  exchange.put32(exchange.at);
  exchange.put32(exchange.putText(JSON.stringify(texts)));
  exchange.call(0);
  exchange.leave();
}

/** Reports an error that nothing caught; that ends the run. */
export function end(error) {
  const isError = error instanceof Error;
  const exchange = Exchange.enter();
  for (const text of isError ? [error.name, error.message, error.stack] : ['', textOf(error), '']) {
    exchange.put32(exchange.at);
    const length = exchange.putText(String(text));
    exchange.put32(length);
    exchange.at += length;
  }
  exchange.call(asks.end);
}

function textOf(thrown) {
  try {
    return String(thrown);
  } catch {
    return 'a value without a text was thrown';
  }
}
