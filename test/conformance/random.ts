/** Bytes that are the same for a seed on every machine. */
export function bytesFromSeed(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = (seed + 1) * 0x9e3779b1;
  // `Uint8Array.from` with a function takes ten times as long.
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
