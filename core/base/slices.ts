/** Long computations in short turns, so that whoever owns the thread can answer other calls and deliver messages meanwhile. */
import type { Clock } from './clock';
import { type Fault, fault } from './fault';
import { type Result, err, ok } from './result';

/**
 * Takes the steps of a generator, each of them short, to its end, and answers what it returns; the fault when it was
 * aborted before that. `onSlice` is told what the last step of each turn but the last yielded.
 */
export async function inSlices<Y, T>(
  steps: Generator<Y, T, undefined>,
  clock: Clock,
  signal: AbortSignal,
  onSlice?: (yielded: Y) => void,
): Promise<Result<T, Fault<'cancelled'>>> {
  for (let began = clock.now(); ; began = clock.now()) {
    if (signal.aborted) {
      steps.return(undefined as never);
      return err(fault('cancelled', 'it was cancelled before it came to its end'));
    }
    let step: IteratorResult<Y, T>;
    do {
      step = steps.next();
      if (step.done === true) return ok(step.value);
    } while (clock.now() - began < sliceMilliseconds);
    onSlice?.(step.value);
    await new Promise<void>((resolve) => void clock.after(0, resolve));
  }
}

const sliceMilliseconds = 8;
