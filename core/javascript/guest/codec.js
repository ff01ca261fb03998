/** Values of the dag-cbor data model, written to an exchange and read from it. */

/** A link to a block, by the bytes of its CID. */
export class Link {
  constructor(cid) {
    this.cid = cid;
  }
}

const kind = { unsigned: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6, simple: 7 };
const code = { false: 20, true: 21, null: 22, float64: 27 };
const linkTag = 42;

/** Throws a `TypeError` for what is no value of the data model; `name` is what the words call it. */
export function writeValue(exchange, value, name) {
  switch (typeof value) {
    case 'boolean':
      return head(exchange, kind.simple, value ? code.true : code.false);
    case 'number':
      return writeNumber(exchange, value, name);
    case 'bigint':
      if (value < -(1n << 64n) || value >= 1n << 64n)
        throw wrong(name, `${value}, which needs more than 64 bits`);
      return value < 0n ? head(exchange, kind.negative, -1n - value) : head(exchange, kind.unsigned, value);
    case 'string':
      return writeText(exchange, value);
    case 'object':
      return writeObject(exchange, value, name);
    default:
      throw wrong(name, value === undefined ? 'undefined' : `a ${typeof value}`);
  }
}

const wrong = (name, found) => new TypeError(`${name} holds ${found}`);

function writeNumber(exchange, value, name) {
  if (Number.isSafeInteger(value))
    return value < 0 ? head(exchange, kind.negative, -1 - value) : head(exchange, kind.unsigned, value);
  if (!Number.isFinite(value)) throw wrong(name, value);
  exchange.reserve(9);
  exchange.bytes[exchange.at] = (kind.simple << 5) | code.float64;
  exchange.view.setFloat64(exchange.at + 1, value);
  exchange.at += 9;
}

/** The length of a text is known when it is written, and stands before it: most often in one byte. */
function writeText(exchange, text) {
  exchange.reserve(1);
  const start = exchange.at;
  const length = exchange.putText(text, start + 1);
  if (length >= 24) {
    exchange.reserve(length + 5);
    const headLength = length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
    exchange.bytes.copyWithin(start + headLength, start + 1, start + 1 + length);
  }
  head(exchange, kind.text, length);
  exchange.at += length;
}

function writeObject(exchange, value, name) {
  if (value === null) return head(exchange, kind.simple, code.null);
  if (Array.isArray(value)) {
    head(exchange, kind.list, value.length);
    for (let index = 0; index < value.length; index++) writeValue(exchange, value[index], name);
    return;
  }
  if (value instanceof Uint8Array) return writeBytes(exchange, value);
  if (value instanceof Link) {
    head(exchange, kind.tag, linkTag);
    return writeBytes(exchange, Uint8Array.of(0, ...value.cid));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw wrong(name, `a ${prototype.constructor?.name ?? 'special object'}`);
  const keys = Object.keys(value);
  head(exchange, kind.map, keys.length);
  for (const key of keys.length > 1 ? keys.sort(byLengthThenBytes) : keys) {
    writeText(exchange, key);
    writeValue(exchange, value[key], name);
  }
}

function writeBytes(exchange, bytes) {
  head(exchange, kind.bytes, bytes.length);
  exchange.putBytes(bytes);
}

/** As UTF-8, which orders and counts texts of ASCII alone as they are. */
function byLengthThenBytes(left, right) {
  const [first, second] = isAscii.test(left + right) ? [left, right] : [toLetters(left), toLetters(right)];
  return first.length - second.length || (first < second ? -1 : 1);
}

const isAscii = /^[\0-\x7f]*$/;

/** One character for each byte. */
const toLetters = (text) => unescape(encodeURIComponent(text.toWellFormed()));

function head(exchange, major, value) {
  exchange.reserve(9);
  const { bytes, view, at } = exchange;
  const first = major << 5;
  if (value < 24) {
    bytes[at] = first | Number(value);
    exchange.at += 1;
  } else if (value < 0x100) {
    bytes[at] = first | 24;
    bytes[at + 1] = Number(value);
    exchange.at += 2;
  } else if (value < 0x10000) {
    bytes[at] = first | 25;
    view.setUint16(at + 1, Number(value));
    exchange.at += 3;
  } else if (value < 0x1_0000_0000) {
    bytes[at] = first | 26;
    view.setUint32(at + 1, Number(value));
    exchange.at += 5;
  } else {
    bytes[at] = first | 27;
    view.setBigUint64(at + 1, BigInt(value));
    exchange.at += 9;
  }
}

/** The value that so many bytes of an exchange hold, from its place on. Throws a `TypeError` when they hold none. */
export function readValue(exchange, length) {
  const end = exchange.at + length;
  const value = read(exchange, end);
  if (exchange.at !== end) throw broken();
  return value;
}

const broken = () => new TypeError('what is there is no dag-cbor value');

function read(exchange, end) {
  if (exchange.at >= end) throw broken();
  const first = exchange.bytes[exchange.at++];
  const major = first >> 5;
  if (major === kind.simple) return readSimple(exchange, first & 31);
  const value = readHead(exchange, first & 31);
  switch (major) {
    case kind.unsigned:
      return value;
    case kind.negative:
      return value < Number.MAX_SAFE_INTEGER ? -1 - Number(value) : -1n - BigInt(value);
    case kind.bytes:
      return take(exchange, value, end).slice();
    case kind.text: {
      const start = exchange.at;
      take(exchange, value, end);
      return exchange.takeText(start, Number(value));
    }
    case kind.list: {
      const list = [];
      for (let index = 0; index < value; index++) list.push(read(exchange, end));
      return list;
    }
    case kind.map:
      return readMap(exchange, value, end);
    default: {
      const cid = read(exchange, end);
      if (value !== linkTag || !(cid instanceof Uint8Array)) throw broken();
      return new Link(cid.slice(1));
    }
  }
}

function readSimple(exchange, found) {
  if (found === code.null) return null;
  if (found === code.false) return false;
  if (found === code.true) return true;
  if (found !== code.float64) throw broken();
  exchange.at += 8;
  return exchange.view.getFloat64(exchange.at - 8);
}

function readHead(exchange, found) {
  if (found < 24) return found;
  const { view, at } = exchange;
  if (found > 27) throw broken();
  exchange.at += 1 << (found - 24);
  if (found === 24) return view.getUint8(at);
  if (found === 25) return view.getUint16(at);
  if (found === 26) return view.getUint32(at);
  const value = view.getBigUint64(at);
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function take(exchange, length, end) {
  const start = exchange.at;
  if (start + Number(length) > end) throw broken();
  exchange.at += Number(length);
  return exchange.bytes.subarray(start, exchange.at);
}

function readMap(exchange, length, end) {
  const map = {};
  for (let index = 0; index < length; index++) {
    const key = read(exchange, end);
    if (typeof key !== 'string') throw broken();
    const value = read(exchange, end);
    if (key !== '__proto__') map[key] = value;
    else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return map;
}
