/**
 * dag-cbor written item by item, for blocks of a fixed shape that are written too often for a general encoder. Whoever
 * writes sees to it that a list has as many items as it says.
 */
import { textToBytes } from './bytes';
import { type Codec, type Hash, codec, linkHead } from './hash';

export interface CborWriter {
  list(length: number): void;
  /** A safe integer. */
  integer(value: number): void;
  text(text: string): void;
  bytes(bytes: Uint8Array): void;
  link(hash: Hash, of?: Codec): void;
  null(): void;
  /** Of what was written since the writer was empty, in bytes. */
  readonly length: number;
  /** A copy of all that was written. The writer is empty again then. */
  written(): Uint8Array;
}

export function createCborWriter(expectedSize = 1024): CborWriter {
  let buffer = new Uint8Array(expectedSize);
  let at = 0;

  function reserve(more: number): void {
    if (at + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, at + more));
    larger.set(buffer.subarray(0, at));
    buffer = larger;
  }

  function head(kind: number, value: number): void {
    reserve(9);
    if (value < 24) {
      buffer[at++] = kind | value;
      return;
    }
    const size = value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1_0000_0000 ? 4 : 8;
    buffer[at++] = kind | (size === 1 ? 24 : size === 2 ? 25 : size === 4 ? 26 : 27);
    let rest = value;
    for (let index = at + size - 1; index >= at; index--) {
      buffer[index] = rest % 0x100;
      rest = Math.floor(rest / 0x100);
    }
    at += size;
  }

  function raw(bytes: Uint8Array): void {
    const { length } = bytes;
    reserve(length);
    // A call of the engine's own copier only pays for more than a few bytes.
    if (length > 64) buffer.set(bytes, at);
    else for (let index = 0; index < length; index++) buffer[at + index] = bytes[index] ?? 0;
    at += length;
  }

  function text(value: string): void {
    const start = at;
    head(kinds.text, value.length);
    reserve(value.length);
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) {
        at = start;
        const bytes = textToBytes(value);
        head(kinds.text, bytes.length);
        return raw(bytes);
      }
      buffer[at + index] = code;
    }
    at += value.length;
  }

  return {
    get length() {
      return at;
    },
    list: (length) => head(kinds.list, length),
    integer: (value) => (value < 0 ? head(kinds.negative, -1 - value) : head(kinds.unsigned, value)),
    text,
    bytes(bytes) {
      head(kinds.bytes, bytes.length);
      raw(bytes);
    },
    link(hash, of = codec.dagCbor) {
      raw(of === codec.raw ? rawLinkHead : nodeLinkHead);
      raw(hash);
    },
    null() {
      reserve(1);
      buffer[at++] = cborNull;
    },
    written() {
      const written = buffer.slice(0, at);
      at = 0;
      return written;
    },
  };
}

const kinds = { unsigned: 0x00, negative: 0x20, bytes: 0x40, text: 0x60, list: 0x80 } as const;
const cborNull = 0xf6;

const nodeLinkHead = Uint8Array.from(linkHead(codec.dagCbor));
const rawLinkHead = Uint8Array.from(linkHead(codec.raw));
