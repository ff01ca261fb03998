/** Values as dag-cbor, the form in which they cross every border. */

/** A value as bytes. */
export function encode<T>(value: T): Uint8Array {
  const writer = new Writer();
  writer.value<T>(value);
  return writer.bytes();
}

/** Bytes as a value of a type; ends the run when they are not one. */
export function decode<T>(bytes: Uint8Array): T {
  const reader = new Reader(bytes);
  return reader.value<T>();
}

export class Writer {
  private buffer: Uint8Array = new Uint8Array(64);
  private length: i32 = 0;

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  append(other: Writer): void {
    this.raw(other.buffer.dataStart, other.length);
  }

  value<T>(value: T): void {
    if (isNullable<T>()) {
      if (changetype<usize>(value) == 0) {
        this.byte(0xf6);
      } else {
        this.value<nonnull<T>>(value as nonnull<T>);
      }
    } else if (isBoolean<T>()) {
      this.byte(value ? 0xf5 : 0xf4);
    } else if (isInteger<T>()) {
      if (isSigned<T>() && <i64>value < 0) this.head(1, ~(<i64>value) as u64);
      else this.head(0, <u64>value);
    } else if (isFloat<T>()) {
      this.byte(0xfb);
      this.bigEndian(reinterpret<u64>(<f64>value), 8);
    } else if (isString<T>()) {
      this.text(changetype<string>(changetype<usize>(value)));
    } else if (value instanceof Uint8Array) {
      this.head(2, value.length);
      this.raw(value.dataStart, value.length);
    } else if (value instanceof StaticArray<u8>) {
      this.head(2, value.length);
      this.raw(changetype<usize>(value), value.length);
    } else if (value instanceof Array<u8>) {
      this.head(2, value.length);
      this.raw(value.dataStart, value.length);
    } else if (isArrayLike<T>()) {
      this.head(4, value.length);
      for (let i = 0; i < value.length; i++) this.value<valueof<T>>(value[i]);
    } else {
      // Every class with fields that a message can carry has this by the time it is compiled.
      value.__encode<Writer>(this);
    }
  }

  text(text: string): void {
    const bytes = String.UTF8.encode(text);
    this.head(3, bytes.byteLength);
    this.raw(changetype<usize>(bytes), bytes.byteLength);
  }

  /** The first bytes of an item: its major type and its number, in the shortest form. */
  head(major: u8, count: u64): void {
    const type = major << 5;
    if (count < 24) {
      this.byte(type | (count as u8));
    } else if (count <= 0xff) {
      this.byte(type | 24);
      this.bigEndian(count, 1);
    } else if (count <= 0xffff) {
      this.byte(type | 25);
      this.bigEndian(count, 2);
    } else if (count <= 0xffff_ffff) {
      this.byte(type | 26);
      this.bigEndian(count, 4);
    } else {
      this.byte(type | 27);
      this.bigEndian(count, 8);
    }
  }

  private byte(byte: u8): void {
    this.reserve(1);
    store<u8>(this.buffer.dataStart + this.length, byte);
    this.length++;
  }

  private bigEndian(value: u64, size: i32): void {
    for (let shift = (size - 1) * 8; shift >= 0; shift -= 8) this.byte((value >> shift) as u8);
  }

  private raw(start: usize, length: i32): void {
    this.reserve(length);
    memory.copy(this.buffer.dataStart + this.length, start, length);
    this.length += length;
  }

  private reserve(more: i32): void {
    if (this.length + more <= this.buffer.length) return;
    const larger = new Uint8Array(max(this.buffer.length * 2, this.length + more));
    memory.copy(larger.dataStart, this.buffer.dataStart, this.length);
    this.buffer = larger;
  }
}

export class Reader {
  private at: i32 = 0;

  constructor(private bytes: Uint8Array) {}

  value<T>(): T {
    if (isNullable<T>()) {
      if (this.peek() == 0xf6) {
        this.at++;
        return changetype<T>(0);
      }
      return this.value<nonnull<T>>() as T;
    } else if (isBoolean<T>()) {
      const byte = this.byte();
      if (byte != 0xf4 && byte != 0xf5) throw new Error("expected a boolean");
      return <T>(byte == 0xf5);
    } else if (isInteger<T>()) {
      return this.integer<T>();
    } else if (isFloat<T>()) {
      return this.float<T>();
    } else if (isString<T>()) {
      return changetype<T>(changetype<usize>(this.text()));
    } else if (idof<T>() == idof<Uint8Array>()) {
      return changetype<T>(changetype<usize>(this.raw(this.head(2) as i32)));
    } else if (idof<T>() == idof<StaticArray<u8>>()) {
      return changetype<T>(changetype<usize>(StaticArray.fromArray<u8>(this.byteArray())));
    } else if (idof<T>() == idof<Array<u8>>()) {
      return changetype<T>(changetype<usize>(this.byteArray()));
    } else if (isArray<T>()) {
      const length = this.head(4) as i32;
      const list = new Array<valueof<T>>();
      for (let i = 0; i < length; i++) list.push(this.value<valueof<T>>());
      return changetype<T>(changetype<usize>(list));
    } else {
      const record = changetype<T>(__new(offsetof<T>(), idof<T>()));
      record.__decode<Reader>(this);
      return record;
    }
  }

  text(): string {
    const length = this.head(3) as i32;
    this.need(length);
    const text = String.UTF8.decodeUnsafe(this.bytes.dataStart + this.at, length);
    this.at += length;
    return text;
  }

  /** The number behind an item of this major type. */
  head(major: u8): u64 {
    const first = this.byte();
    if (first >> 5 != major) throw new Error(`expected another kind of value (found ${first >> 5}, not ${major})`);
    return this.count(first & 31);
  }

  /** Passes over one item, whatever it is. */
  skip(): void {
    const first = this.byte();
    const major = first >> 5;
    if (major == 7) {
      this.at += (first & 31) == 27 ? 8 : 0;
      return;
    }
    const count = this.count(first & 31) as i32;
    if (major == 2 || major == 3) {
      this.need(count);
      this.at += count;
    } else if (major == 4) {
      for (let i = 0; i < count; i++) this.skip();
    } else if (major == 5) {
      for (let i = 0; i < count * 2; i++) this.skip();
    } else if (major == 6) {
      this.skip();
    }
  }

  private integer<T>(): T {
    const first = this.byte();
    const count = this.count(first & 31);
    if (first >> 5 == 1 && isSigned<T>()) {
      if (count <= <u64>i64.MAX_VALUE && ~(<i64>count) >= <i64>minimum<T>()) return <T>(~(<i64>count));
    } else if (first >> 5 == 0 && count <= <u64>maximum<T>()) {
      return <T>count;
    }
    throw new Error(`expected ${nameof<T>()}`);
  }

  private float<T>(): T {
    if (this.peek() == 0xfb) {
      this.at++;
      return <T>reinterpret<f64>(this.bigEndian(8));
    }
    const first = this.byte();
    const count = this.count(first & 31);
    if (first >> 5 == 0) return <T>count;
    if (first >> 5 == 1) return <T>(-1 - <f64>count);
    throw new Error("expected a number");
  }

  private byteArray(): Array<u8> {
    const raw = this.raw(this.head(2) as i32);
    const list = new Array<u8>(raw.length);
    memory.copy(list.dataStart, raw.dataStart, raw.length);
    return list;
  }

  private raw(length: i32): Uint8Array {
    this.need(length);
    const raw = this.bytes.slice(this.at, this.at + length);
    this.at += length;
    return raw;
  }

  private count(short: u8): u64 {
    if (short < 24) return short;
    if (short > 27) throw new Error("malformed value");
    return this.bigEndian(1 << (short - 24));
  }

  private bigEndian(size: i32): u64 {
    this.need(size);
    let value: u64 = 0;
    for (let i = 0; i < size; i++) value = (value << 8) | this.bytes[this.at++];
    return value;
  }

  private peek(): u8 {
    this.need(1);
    return this.bytes[this.at];
  }

  private byte(): u8 {
    const byte = this.peek();
    this.at++;
    return byte;
  }

  private need(length: i32): void {
    if (length < 0 || this.at + length > this.bytes.length) throw new Error("the value ends too early");
  }
}

@inline
function maximum<T>(): T {
  return isSigned<T>() ? <T>((<u64>1 << (8 * sizeof<T>() - 1)) - 1) : <T>-1;
}

@inline
function minimum<T>(): T {
  return <T>(<i64>-1 << (8 * sizeof<T>() - 1));
}
