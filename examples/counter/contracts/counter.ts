import { log, state } from "kernelscope";

/** Adds to the count, and returns what it is then. */
export function increment(by: u64): u64 {
  const count = value() + by;
  state.set("count", count);
  log(`counted to ${count}`);
  return count;
}

/** The count. */
export function value(): u64 {
  return state.get<u64>("count", 0);
}

/** Begins again at zero. */
export function reset(): void {
  state.set<u64>("count", 0);
}

/** Never ends by itself: send it to see a run end for want of gas. */
export function spin(): void {
  let turns: u64 = 0;
  while (true) turns++;
}
