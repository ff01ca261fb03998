import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type RowRange, type RowView, rowsToDraw, scrollTopToShow } from './row-window';

export interface RowWindow extends RowRange {
  /** Of the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** In pixels, of all rows. */
  readonly height: number;
  /** Not so while its panel lies behind another one. */
  readonly isVisible: boolean;
  readonly show: (index: number) => void;
  readonly showEnd: () => void;
}

interface RowWindowOptions {
  readonly count: number;
  /** In pixels. */
  readonly rowHeight: number;
  /** Rows to see on either side of one that is shown. */
  readonly margin?: number;
}

/** Renders again when another row comes to the top or the place gets another height, not with each pixel. */
export function useRowWindow({ count, rowHeight, margin = 0 }: RowWindowOptions): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<RowView>({ top: 0, fit: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const top = Math.floor(element.scrollTop / rowHeight);
      const fit = Math.ceil(element.clientHeight / rowHeight) + 1;
      setView((before) => (before.top === top && before.fit === fit ? before : { top, fit }));
    };
    // It looks once at the beginning, too.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [rowHeight]);

  const show = useCallback(
    (index: number): void => {
      const element = scroller.current;
      if (element === null) return;
      const { scrollTop, clientHeight } = element;
      element.scrollTo({
        top: scrollTopToShow(index, { scrollTop, height: clientHeight, rowHeight, margin }),
      });
    },
    [rowHeight, margin],
  );
  const showEnd = useCallback((): void => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);
  // One row more than fits is drawn.
  const isVisible = view.fit > 1;
  return { scroller, ...rowsToDraw(view, count), height: count * rowHeight, isVisible, show, showEnd };
}

/** The places of the rows to draw. */
export const indexesOf = ({ first, last }: RowRange): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
