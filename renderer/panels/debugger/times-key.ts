/** Digits that are typed before a step, as in many an old program: `1`, `0`, step is ten steps. */

interface Pressed {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** More steps than this nobody counts. */
const mostTimes = 1_000_000_000;

/** How many steps the next step is after a key; `null` for one. */
export function timesAfterKey(pressed: Pressed, times: number | null): number | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return times;
  if (pressed.key === 'Escape') return null;
  if (!/^\d$/.test(pressed.key)) return times;
  const next = (times ?? 0) * 10 + Number(pressed.key);
  return next === 0 ? null : Math.min(next, mostTimes);
}
