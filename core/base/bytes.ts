export { equals as bytesEqual, toHex as bytesToHex, fromHex as hexToBytes } from 'multiformats/bytes';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8. */
export const textToBytes = (text: string): Uint8Array => encoder.encode(text);

/** From UTF-8; what isn't becomes U+FFFD. */
export const bytesToText = (bytes: Uint8Array): string => decoder.decode(bytes);

/**
 * Reads names that come again and again: what it read lately it gives as the same string, whose hash the engine knows
 * then, in a tenth of the time. From UTF-8 like {@link bytesToText}.
 */
export function createNameReader(): (bytes: Uint8Array) => string {
  const longest = 64;
  const places = 4096;
  const known: (string | undefined)[] = Array.from({ length: places });
  return (bytes) => {
    const { length } = bytes;
    if (length > longest) return bytesToText(bytes);
    if (length === 0) return '';
    let mixed = length;
    for (let index = 0; index < length; index++) mixed = (Math.imul(mixed, 31) + (bytes[index] ?? 0)) | 0;
    const place = (mixed ^ (mixed >>> 12)) & (places - 1);
    const lately = known[place];
    if (lately !== undefined && isText(bytes, lately)) return lately;
    const text = bytesToText(bytes);
    known[place] = text;
    return text;
  };
}

/** Only ever true of ASCII. */
function isText(bytes: Uint8Array, text: string): boolean {
  if (text.length !== bytes.length) return false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80 || text.charCodeAt(index) !== byte) return false;
  }
  return true;
}

/**
 * Copies small byte strings into buffers that they share, for those that come by the thousand: a buffer of its own costs
 * each several times as much. One that lives on keeps its neighbours, a few thousand bytes.
 */
export function createByteCopier(): (bytes: Uint8Array) => Uint8Array {
  const size = 4096;
  const largest = 512;
  let slab = new ArrayBuffer(size);
  let at = 0;
  return (bytes) => {
    const { length } = bytes;
    if (length > largest) return bytes.slice();
    if (at + length > size) {
      slab = new ArrayBuffer(size);
      at = 0;
    }
    const copy = new Uint8Array(slab, at, length);
    copy.set(bytes);
    at += length;
    return copy;
  };
}

/** Orders byte strings as unsigned, shorter first when one is a prefix of the other. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
