/** What the host hands in as an `externref`, by the number that stands for it in the code. */

export interface Externs {
  /** 0 for null. The same number for the same value. */
  toBits(value: unknown): bigint;
  fromBits(bits: bigint): unknown;
}

export function createExterns(): Externs {
  const values: unknown[] = [];
  const bitsByValue = new Map<unknown, bigint>();
  return {
    toBits(value) {
      if (value === null || value === undefined) return 0n;
      const known = bitsByValue.get(value);
      if (known !== undefined) return known;
      const bits = BigInt(values.push(value));
      bitsByValue.set(value, bits);
      return bits;
    },
    fromBits: (bits) => (bits === 0n ? null : values[Number(bits) - 1]),
  };
}
