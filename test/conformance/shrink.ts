/** The smallest bytes that can be found, in so many tries, for which something still holds. */
export function shrinkBytes(
  bytes: Uint8Array,
  stillHolds: (candidate: Uint8Array) => boolean,
  tries = 200,
): Uint8Array {
  let smallest = bytes;
  let left = tries;
  for (let chunk = bytes.length >> 1; chunk >= 1 && left > 0; chunk >>= 1) {
    for (let at = 0; at < smallest.length && left > 0; left--) {
      const candidate = new Uint8Array([...smallest.subarray(0, at), ...smallest.subarray(at + chunk)]);
      if (candidate.length > 0 && stillHolds(candidate)) smallest = candidate;
      else at += chunk;
    }
  }
  return smallest;
}
