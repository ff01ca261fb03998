/** Values on their way in: dag-cbor read in one go, each part held against the type that is asked for. */
import { fail } from "./fail";

let at: usize = 0;
let end: usize = 0;

/** Points the reader at a value. */
export function open(pointer: usize, length: i32): void {
  at = pointer;
  end = pointer + <usize>length;
}

/** The head of a list: how many items follow. */
export function readList(): i32 {
  if (kindAhead() != 4) wrong("a list");
  return <i32>readCount();
}

export function read<T>(): T {
  if (isBoolean<T>()) {
    const byte = next();
    if (byte != 0xf4 && byte != 0xf5) wrong("true or false");
    return <T>(byte == 0xf5);
  } else if (isInteger<T>()) {
    return readInteger<T>();
  } else if (isFloat<T>()) {
    return <T>readFloat();
  } else if (isNullable<T>()) {
    if (ahead() == 0xf6) {
      at++;
      return changetype<T>(0);
    }
    return read<NonNullable<T>>();
  } else if (isString<T>()) {
    return changetype<T>(readString());
  } else if (isArrayLike<T>()) {
    return readItems<T>();
  } else {
    const value = changetype<T>(__new(offsetof<T>(), idof<T>()));
    if (isDefined(value.__isExtended)) ERROR("a class that extends another can't be read: a record has no fields but its own");
    else if (isDefined(value.__read)) value.__read();
    else ERROR("a value of this type can't be read from state or a message");
    return value;
  }
}

/** A copy of the next value as it is, unread. */
export function readEncoded(): StaticArray<u8> {
  const from = at;
  skip();
  const value = new StaticArray<u8>(<i32>(at - from));
  memory.copy(changetype<usize>(value), from, at - from);
  return value;
}

/** Enters a map, and says where: for `readField` and `leaveMap`. */
export function enterMap(): usize {
  if (kindAhead() != 5) wrong("a record");
  return at;
}

/** Goes on behind the map. */
export function leaveMap(map: usize): void {
  at = map;
  skip();
}

/** Whether the map has the field; if so, its value is read next. */
export function findField(map: usize, name: string): bool {
  at = map;
  for (let left = readCount(); left > 0; left--) {
    if (readKey(name)) return true;
    skip();
  }
  return false;
}

/** Reads a field of a map, in any order. A field that may be null may also be missing. */
export function readField<T>(map: usize, name: string): T {
  if (findField(map, name)) return read<T>();
  if (isNullable<T>()) return changetype<T>(0);
  fail("the record has no field " + name);
  return unreachable();
}

function readItems<T>(): T {
  if (isInteger<valueof<T>>() && !isSigned<valueof<T>>() && !isBoolean<valueof<T>>() && sizeof<valueof<T>>() == 1) {
    if (kindAhead() != 2) wrong("bytes");
    const length = readLength();
    const bytes = instantiate<T>(length);
    if (isDefined(bytes.dataStart)) memory.copy(bytes.dataStart, at, length);
    else memory.copy(changetype<usize>(bytes), at, length);
    at += length;
    return bytes;
  }
  if (kindAhead() != 4) wrong("a list");
  const length = readLength();
  const items = instantiate<T>(length);
  for (let index = 0; index < length; index++) items[index] = read<valueof<T>>();
  return items;
}

function readInteger<T>(): T {
  const kind = kindAhead();
  if (kind > 1) wrong("an integer");
  const count = readCount();
  // The largest of the type; of negative ones, -1 - count.
  if (count > u64.MAX_VALUE >> (isSigned<T>() ? 65 - 8 * <i32>sizeof<T>() : 64 - 8 * <i32>sizeof<T>())) tooLarge();
  if (kind == 0) return <T>count;
  if (!isSigned<T>()) tooLarge();
  return <T>~(<i64>count);
}

function tooLarge(): void {
  fail("an integer is out of its type's range");
}

/** Whole floats travel as integers, too. */
function readFloat(): f64 {
  const kind = kindAhead();
  if (kind == 0) return <f64>readCount();
  if (kind == 1) return -1.0 - <f64>readCount();
  if (next() != 0xfb) wrong("a number");
  need(8);
  const value = reinterpret<f64>(bswap(load<u64>(at)));
  at += 8;
  return value;
}

function readString(): string {
  if (kindAhead() != 3) wrong("a text");
  const length = readLength();
  const text = String.UTF8.decodeUnsafe(at, length);
  at += length;
  return text;
}

/** Reads a key of a map, and says whether it is this one. */
function readKey(name: string): bool {
  const length = readLength();
  const from = at;
  at += length;
  if (length == name.length) {
    let index = 0;
    while (index < length && load<u8>(from + index) == name.charCodeAt(index)) index++;
    if (index == length) return true;
  }
  return String.UTF8.byteLength(name) == length && String.UTF8.decodeUnsafe(from, length) == name;
}

/** Goes on behind the next value. */
function skip(): void {
  const kind = kindAhead();
  if (kind == 7) {
    at += ahead() == 0xfb ? 9 : 1;
  } else if (kind == 2 || kind == 3) {
    const length = readLength();
    at += length;
  } else {
    const count = readCount();
    if (kind == 4) for (let left = count; left > 0; left--) skip();
    if (kind == 5) for (let left = count * 2; left > 0; left--) skip();
    if (kind == 6) skip();
  }
  need(0);
}

/** The count in a head, held against what is left: an item takes a byte at least. */
function readLength(): i32 {
  const count = readCount();
  if (count > <u64>(end - at)) broken();
  return <i32>count;
}

function readCount(): u64 {
  const size = next() & 31;
  if (size < 24) return size;
  const width = 1 << (size - 24);
  need(width);
  let count: u64 = 0;
  if (size == 24) count = load<u8>(at);
  else if (size == 25) count = bswap(load<u16>(at));
  else if (size == 26) count = bswap(load<u32>(at));
  else if (size == 27) count = bswap(load<u64>(at));
  else broken();
  at += width;
  return count;
}

function kindAhead(): u8 {
  return ahead() >> 5;
}

function ahead(): u8 {
  need(1);
  return load<u8>(at);
}

function next(): u8 {
  const byte = ahead();
  at++;
  return byte;
}

function need(length: usize): void {
  if (at + length > end) broken();
}

function broken(): void {
  fail("a value ends too early");
}

/** Says what was found in place of what was expected. */
function wrong(expected: string): void {
  const kind = kindAhead();
  let found = "a number or true, false, null";
  if (kind < 2) found = "an integer";
  else if (kind == 2) found = "bytes";
  else if (kind == 3) found = "a text";
  else if (kind == 4) found = "a list";
  else if (kind == 5) found = "a map";
  fail("expected " + expected + ", found " + found);
}
