/**
 * Work on a run that may take long, in short steps of a few milliseconds each: between two of them, whoever drives it
 * can answer others, show how far it came, or end it. What it yields is the instruction count at which it works.
 */
export type Steps<T> = Generator<number, T, undefined>;

/** Drives work to its end without a break. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
