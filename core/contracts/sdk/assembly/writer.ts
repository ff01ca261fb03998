/**
 * Values on their way out. One buffer holds all parts of one import call, one after the other, as dag-cbor in its
 * canonical form: shortest integers, 64-bit floats, keys of a map in order. It is used again by the next call.
 */
import { fail } from "./fail";

let start: usize = memory.data(1024, 16);
let end: usize = start + 1024;
let at: usize = start;

/** Forgets what the last call wrote. */
export function begin(): void {
  at = start;
}

/** How much has been written: the border between two parts. */
export function written(): i32 {
  return <i32>(at - start);
}

/** Where the part that begins at this border lies. Holds until more is written. */
export function address(border: i32): usize {
  return start + <usize>border;
}

/** Writes UTF-8 as it is, without a head: for keys, addresses and names. */
export function writeText(text: string): void {
  reserve(text.length * 3);
  at += String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, at, false, String.UTF8.ErrorMode.REPLACE);
}

/** The head of a list; its items follow. */
export function writeList(length: i32): void {
  writeHead(4, length);
}

/** The head of a map; keys and values follow, keys in canonical order. */
export function writeMap(length: i32): void {
  writeHead(5, length);
}

export function write<T>(value: T): void {
  if (isBoolean<T>()) {
    writeByte(value ? 0xf5 : 0xf4);
  } else if (isInteger<T>()) {
    if (isSigned<T>() && value < 0) writeHead(1, <u64>~(<i64>value));
    else writeHead(0, <u64>value);
  } else if (isFloat<T>()) {
    writeFloat(<f64>value);
  } else if (isNullable<T>()) {
    if (value == null) writeByte(0xf6);
    else write<NonNullable<T>>(value);
  } else if (isString<T>()) {
    writeString(value);
  } else if (isArrayLike<T>()) {
    if (isInteger<valueof<T>>() && !isSigned<valueof<T>>() && !isBoolean<valueof<T>>() && sizeof<valueof<T>>() == 1) {
      writeHead(2, value.length);
      reserve(value.length);
      if (isDefined(value.dataStart)) memory.copy(at, value.dataStart, value.length);
      else memory.copy(at, changetype<usize>(value), value.length);
      at += value.length;
    } else {
      writeHead(4, value.length);
      for (let index = 0; index < value.length; index++) write<valueof<T>>(value[index]);
    }
  } else if (isDefined(value.__isExtended)) {
    ERROR("a class that extends another can't be kept, sent or replied: a record has no fields but its own");
  } else if (isDefined(value.__write)) {
    value.__write();
  } else {
    ERROR("a value of this type can't be kept, sent or replied");
  }
}

/** Copies a value that is dag-cbor already. */
export function writeEncoded(value: StaticArray<u8>): void {
  reserve(value.length);
  memory.copy(at, changetype<usize>(value), value.length);
  at += value.length;
}

function writeString(text: string): void {
  writeHead(3, String.UTF8.byteLength(text));
  writeText(text);
}

function writeFloat(value: f64): void {
  if (!isFinite(value)) fail("a number that is not finite can't be kept, sent or replied");
  reserve(9);
  store<u8>(at, 0xfb);
  store<u64>(at + 1, bswap(reinterpret<u64>(value)));
  at += 9;
}

function writeHead(major: u8, count: u64): void {
  reserve(9);
  const kind = major << 5;
  if (count < 24) {
    store<u8>(at, kind | <u8>count);
    at += 1;
  } else if (count < 0x100) {
    store<u8>(at, kind | 24);
    store<u8>(at + 1, <u8>count);
    at += 2;
  } else if (count < 0x10000) {
    store<u8>(at, kind | 25);
    store<u16>(at + 1, bswap(<u16>count));
    at += 3;
  } else if (count < 0x100000000) {
    store<u8>(at, kind | 26);
    store<u32>(at + 1, bswap(<u32>count));
    at += 5;
  } else {
    store<u8>(at, kind | 27);
    store<u64>(at + 1, bswap(count));
    at += 9;
  }
}

function writeByte(byte: u8): void {
  reserve(1);
  store<u8>(at++, byte);
}

/** Makes room for so many bytes more. */
function reserve(length: usize): void {
  if (at + length <= end) return;
  const used = at - start;
  const capacity = max(used + length, (end - start) * 2);
  const grown = heap.alloc(capacity);
  memory.copy(grown, start, used);
  start = grown;
  end = grown + capacity;
  at = grown + used;
}
