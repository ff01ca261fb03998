/** The whole run as a line: how deep its calls were, where it called imports and sent messages, and where it stands. */
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { useActions, useClient, useStudio } from '../../store/context';
import { courseShape, keyToCount } from './course-shape';

export type Marks = StudioReturns<'debug.marks'>;

const stretches = 200;
const height = 28;

export function Course() {
  const marks = useMarks();
  const known = useStudio(({ debugStop }) => debugStop?.end?.count ?? null);
  const stood = useStudio(({ debugStop }) => debugStop?.count ?? 0);
  const progress = useStudio(({ debugProgress }) => debugProgress);
  const { moveDebug } = useActions();
  const [dragged, setDragged] = useState<number | null>(null);
  const end = marks?.end ?? known;
  const count = dragged ?? progress ?? stood;

  const goTo = (next: number): void => moveDebug({ kind: 'to count', count: next });
  const countAt = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return Math.round(share * (end ?? 0));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (end === null || event.buttons !== 1) return;
    const next = countAt(event);
    setDragged(next);
    goTo(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (end === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = keyToCount(event, stood, end);
    if (next === null) return;
    event.preventDefault();
    goTo(next);
  };
  return (
    <div
      className="course"
      role="slider"
      aria-label="Moment of the message"
      aria-valuemin={0}
      aria-valuemax={end ?? count}
      aria-valuenow={count}
      aria-valuetext={`instruction ${count.toLocaleString('en')}${end === null ? '' : ` of ${end.toLocaleString('en')}`}`}
      aria-disabled={end === null}
      tabIndex={0}
      title="The whole message: drag, or use the arrow keys. Grey: depth of calls; ticks: imports above, sends below"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
      onPointerUp={() => setDragged(null)}
    >
      <svg viewBox={`0 0 ${stretches} ${height}`} preserveAspectRatio="none" aria-hidden>
        {marks !== null && <CoursePicture marks={marks} />}
      </svg>
      {end !== null && <span className="course-here" style={{ left: `${share(count, end) * 100}%` }} />}
      {end === null && <span className="course-unknown">its length is not known yet</span>}
    </div>
  );
}

const share = (count: number, end: number): number => (end === 0 ? 0 : Math.min(1, count / end));

function CoursePicture({ marks }: { marks: Marks }) {
  const { depth, imports, sends } = courseShape(marks, { width: stretches, height });
  return (
    <>
      <path className="course-depth" d={depth} />
      <path className="course-imports" d={imports} />
      <path className="course-sends" d={sends} />
    </>
  );
}

/** Asked while no move is under way: a move must not wait for it. Kept until an edit makes another run of it. */
function useMarks(): Marks | null {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const whatIf = useStudio(({ debugStop }) => debugStop?.whatIf ?? 0);
  const isMoving = useStudio(({ debugMoving }) => debugMoving);
  const of = `${session} ${whatIf}`;
  const [known, setKnown] = useState<{ readonly of: string; readonly marks: Marks } | null>(null);
  const isKnown = known?.of === of;
  useEffect(() => {
    if (session === null || isKnown || isMoving) return undefined;
    const asking = new AbortController();
    void client.call('debug.marks', { session, stretches }, asking.signal).then((answer) => {
      if (answer.ok && !asking.signal.aborted) setKnown({ of, marks: answer.value });
    });
    return () => asking.abort();
  }, [client, session, of, isKnown, isMoving]);
  return isKnown ? known.marks : null;
}
