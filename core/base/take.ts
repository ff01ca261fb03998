/** The next `count` of a walk, or all that are left. A walk that is a generator is over then. */
export function take<T>(walk: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  if (count <= 0) return taken;
  for (const item of walk) {
    taken.push(item);
    if (taken.length >= count) break;
  }
  return taken;
}
