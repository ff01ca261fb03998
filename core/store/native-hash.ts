import { hash } from 'node:crypto';
import type { HashFunction } from '../base/hash';

/** SHA-256 by Node's crypto, which takes a quarter of the pure one's time at 100 bytes and a tenth at 1000. */
export const nativeHashOf: HashFunction = (bytes) => {
  // A text of bytes costs half as much as the Buffer that could be had instead.
  const text = hash('sha256', bytes, 'binary');
  const digest = new Uint8Array(32);
  for (let index = 0; index < 32; index++) digest[index] = text.charCodeAt(index);
  return digest as ReturnType<HashFunction>;
};
