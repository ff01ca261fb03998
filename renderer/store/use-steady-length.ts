import { useEffect, useState } from 'react';
import { useStudio } from './context';

/** How many receipts there are, told at most about twice a second: for what costs more than a line to show. */
export function useSteadyLength(): number {
  const length = useStudio(({ world }) => world?.length ?? 0);
  const [steady, setSteady] = useState(length);
  useEffect(() => {
    if (steady === length) return undefined;
    // The world begins empty: what comes first is shown at once.
    const timer = setTimeout(() => setSteady(length), steady === 0 ? 0 : steadyPause);
    return () => clearTimeout(timer);
    // A timer that runs already takes the length it began with; the next one follows with the rest.
    // eslint-disable-next-line react/exhaustive-deps -- see above
  }, [steady, steady === length]);
  return steady;
}

/** Milliseconds. */
const steadyPause = 400;
