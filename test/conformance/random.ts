/** Bytes that are the same for a seed on every machine. */
export function bytesFromSeed(seed: number, length: number): Uint8Array<ArrayBuffer> {
  let state = (seed + 1) * 0x9e3779b1;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 24;
  });
}
