export { equals as bytesEqual, toHex as bytesToHex, fromHex as hexToBytes } from 'multiformats/bytes';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8. */
export const textToBytes = (text: string): Uint8Array => encoder.encode(text);

/** From UTF-8; what isn't becomes U+FFFD. */
export const bytesToText = (bytes: Uint8Array): string => decoder.decode(bytes);

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
