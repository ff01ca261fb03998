/** The course of a run as paths of a picture, and the keys that move along it. */

interface Stretch {
  readonly imports: number;
  readonly sends: number;
  readonly depth: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface CourseShape {
  /** An area: the deeper the calls, the higher. */
  readonly depth: string;
  /** Ticks from the top: the more calls, the longer. */
  readonly imports: string;
  /** Ticks from the bottom. */
  readonly sends: string;
}

export function courseShape(
  { stretches }: { readonly stretches: readonly Stretch[] },
  { width, height }: Size,
): CourseShape {
  const step = width / Math.max(1, stretches.length);
  const most = (of: (stretch: Stretch) => number): number => Math.max(1, ...stretches.map(of));
  const deepest = most(({ depth }) => depth);
  const tops = stretches.map(({ depth }) => round(height - (depth / deepest) * height * 0.6));
  const area = tops.map((top, at) => `L${round(at * step)} ${top}H${round((at + 1) * step)}`).join('');
  const ticks = (of: (stretch: Stretch) => number, from: number, direction: 1 | -1): string => {
    const tallest = most(of);
    return stretches
      .map((stretch, at) => {
        const share = of(stretch) / tallest;
        return share === 0
          ? ''
          : `M${round((at + 0.5) * step)} ${from}v${round(direction * height * (0.12 + 0.22 * share))}`;
      })
      .join('');
  };
  return {
    depth: stretches.length === 0 ? '' : `M0 ${height}${area}V${height}Z`,
    imports: ticks(({ imports }) => imports, 0, 1),
    sends: ticks(({ sends }) => sends, height, -1),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** Arrows move by a hundredth of the run, with Shift by one instruction; pages by a tenth. `null` for other keys. */
export function keyToCount({ key, shiftKey }: Pressed, count: number, end: number): number | null {
  const within = (next: number): number => Math.min(Math.max(Math.round(next), 0), end);
  const step = shiftKey ? 1 : Math.max(1, end / 100);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(count - step);
    case 'ArrowRight':
    case 'ArrowUp':
      return within(count + step);
    case 'PageUp':
      return within(count + end / 10);
    case 'PageDown':
      return within(count - end / 10);
    case 'Home':
      return 0;
    case 'End':
      return end;
    default:
      return null;
  }
}
