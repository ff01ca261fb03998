/** Keys as rows of nibbles, the higher half of each byte first: the steps of a path through the tree. */

export const nibbleAt = (key: Uint8Array, index: number): number => {
  const byte = key[index >> 1] ?? 0;
  return (index & 1) === 0 ? byte >> 4 : byte & 15;
};

/** How many of the first `limit` nibbles are the same. Those before `from` are known to be. */
export function sharedNibbles(
  left: Uint8Array,
  right: Uint8Array,
  { from, limit }: { readonly from: number; readonly limit: number },
): number {
  if (from >= limit) return limit;
  for (let byte = from >> 1; byte << 1 < limit; byte++) {
    const difference = (left[byte] ?? 0) ^ (right[byte] ?? 0);
    if (difference !== 0) return Math.min(limit, (byte << 1) + (difference > 15 ? 0 : 1));
  }
  return limit;
}
