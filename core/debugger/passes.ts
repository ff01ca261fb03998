/** What is to be seen at each pass of a place. */
import type { Steps } from './steps';
import type { Place, Timeline } from './timeline';

export interface PassesPage<T> {
  readonly rows: readonly { readonly moment: number; readonly seen: T }[];
  /** What to ask for after it; `null` when there are no more. */
  readonly next: number | null;
}

/** At the first `count` passes after a moment, or of all. Leaves the present moment. */
export function* seeAtPasses<T>(
  timeline: Timeline,
  places: readonly Place[],
  { after, count }: { readonly after: number | null; readonly count: number },
  see: () => T,
): Steps<PassesPage<T>> {
  const rows: { readonly moment: number; readonly seen: T }[] = [];
  let last = after ?? -1;
  while (rows.length < count) {
    const moment = yield* timeline.firstPass(places, { after: last, before: Infinity });
    if (moment === null) return { rows, next: null };
    rows.push({ moment, seen: see() });
    last = moment;
  }
  return { rows, next: last };
}
