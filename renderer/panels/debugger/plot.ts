/** Numbers over the moments of a run as a line of a picture. */
import type { WireValue } from '../../../core/studio/protocol/wire';

interface PlotPoint {
  readonly moment: number;
  readonly value: WireValue;
}

export interface Plot {
  readonly path: string;
  readonly least: number;
  readonly most: number;
}

/** `null` when fewer than two of them are numbers. */
export function plotOf(
  points: readonly PlotPoint[],
  { width, height }: { readonly width: number; readonly height: number },
): Plot | null {
  const numbers = points.flatMap(({ moment, value }) => {
    const number = typeof value === 'bigint' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? [{ moment, number }] : [];
  });
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined || numbers.length < 2) return null;
  const least = Math.min(...numbers.map(({ number }) => number));
  const most = Math.max(...numbers.map(({ number }) => number));
  const x = (moment: number): number => scale(moment, first.moment, last.moment) * width;
  const y = (number: number): number => height - scale(number, least, most) * height;
  const path = numbers
    .map(({ moment, number }, at) => `${at === 0 ? 'M' : 'L'}${x(moment).toFixed(1)} ${y(number).toFixed(1)}`)
    .join('');
  return { path, least, most };
}

/** The middle, when there is nothing to scale by. */
const scale = (value: number, from: number, to: number): number =>
  to === from ? 0.5 : (value - from) / (to - from);
