/** Loads a panel when it is first shown, and keeps a bug in it from taking the window along. */
import {
  type ComponentType,
  type LazyExoticComponent,
  type RefObject,
  Suspense,
  createElement,
  lazy,
  useEffect,
  useRef,
} from 'react';
import { allPanels } from '../panels/all';
import { useStudio } from '../store/context';
import { Progress } from '../ui/Progress';
import { BugBoundary } from './BugBoundary';

export function PanelHost({ id }: { id: string }) {
  const place = useRef<HTMLDivElement>(null);
  const Panel = panels.get(id);
  const title = allPanels.find((meta) => meta.id === id)?.title ?? id;
  if (Panel === undefined) return null;
  return (
    <div ref={place} className="panel-host" role="region" aria-label={title} data-panel={id} tabIndex={-1}>
      <BugBoundary what={`The panel ${title}`}>
        <Suspense fallback={<Progress label={`${title}: loading`} />}>
          {createElement(Panel)}
          <FocusOnWish id={id} place={place} />
        </Suspense>
      </BugBoundary>
    </div>
  );
}

const panels: ReadonlyMap<string, LazyExoticComponent<ComponentType>> = new Map(
  allPanels.map(({ id, load }) => [id, lazy(load)]),
);

/** Moves the keyboard into the panel when that is wished for, once the panel is there. */
function FocusOnWish({ id, place }: { id: string; place: RefObject<HTMLDivElement | null> }) {
  const wish = useStudio((state) => (state.panelWish?.id === id ? state.panelWish : null));
  const done = useRef(0);
  useEffect(() => {
    if (wish === null || !wish.focus || wish.serial <= done.current) return undefined;
    done.current = wish.serial;
    const frame = requestAnimationFrame(() => {
      const fields = 'input:not(:disabled), textarea, select, button:not(:disabled), [tabindex="0"]';
      const target =
        place.current?.querySelector<HTMLElement>('[data-autofocus]') ??
        place.current?.querySelector<HTMLElement>('[role="tree"], [role="listbox"]') ??
        place.current?.querySelector<HTMLElement>(fields) ??
        place.current;
      target?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [wish, place]);
  return null;
}
