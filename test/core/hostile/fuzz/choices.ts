/** Choices that bytes make. When they are used up, each choice is the first of what there is to choose from. */
export interface Choices {
  /** From 0, and less than `count`. */
  below(count: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** As many as are left, at the most. */
  bytes(length: number): Uint8Array;
}

export function createChoices(source: Uint8Array): Choices {
  let at = 0;
  const next = (): number => source[at++] ?? 0;
  const choices: Choices = {
    below: (count) => ((next() << 8) | next()) % count,
    pick: (list) => list[choices.below(list.length)] ?? list[0],
    bytes(length) {
      const taken = source.slice(at, at + length);
      at += length;
      return taken;
    },
  };
  return choices;
}
