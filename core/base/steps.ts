/** Takes all steps of a long computation at once, for a caller whom nobody else waits for. */
export function finish<T>(steps: Generator<void, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
