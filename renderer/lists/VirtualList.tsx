/** A list of equal rows of which only those on the screen exist. One tab stop; arrow keys move the active row. */
import {
  type AriaAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from 'react';
import { listKeyToIndex } from './list-keys';
import { indexesOf, useRowWindow } from './use-row-window';
import './lists.css';

export interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  /** In pixels. */
  readonly rowHeight?: number;
  /** The row the keyboard is at; `null` for none. It is scrolled into view when it changes. */
  readonly active: number | null;
  /** Rows to see on either side of the active one. */
  readonly margin?: number;
  readonly onActive: (index: number) => void;
  readonly onClick?: (index: number) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (index: number) => void;
  readonly onContextMenu?: (index: number, event: MouseEvent) => void;
  /** Keys of the list's owner; those it prevents the default of are not the list's any more. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly renderRow: (index: number) => ReactNode;
  /** Rows from `first` to `last` are on the screen, or near it. */
  readonly onVisible?: (first: number, last: number) => void;
  readonly role?: 'listbox' | 'tree';
  /** `aria-level`, `aria-expanded` and the like. */
  readonly rowAria?: (index: number) => AriaAttributes;
  /** The same row keeps its key when others come before it. */
  readonly rowKey?: (index: number) => string | number;
  /** Stays at the end while the user is there. */
  readonly followEnd?: boolean;
}

export function VirtualList(props: VirtualListProps) {
  const {
    label,
    count,
    rowHeight = 22,
    active,
    onActive,
    onOpen,
    role = 'listbox',
    rowKey,
    onVisible,
  } = props;
  const id = useId();
  const rows = useRowWindow({ count, rowHeight, margin: props.margin ?? 0 });
  const { scroller, first, last, isVisible, show, showEnd } = rows;

  useEffect(() => onVisible?.(first, Math.max(first, last)), [first, last, onVisible]);

  const isThere = active !== null && active < count;
  useEffect(() => {
    if (active !== null && isThere && isVisible) show(active);
    // Only when another row becomes active, its row comes, or the list comes to the front: other new rows must not pull the view about.
    // eslint-disable-next-line react/exhaustive-deps
  }, [active, isThere, isVisible]);

  const atEnd = useRef(true);
  useEffect(() => {
    if (props.followEnd === true && atEnd.current) showEnd();
  }, [count, props.followEnd, showEnd]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    props.onKeyDown?.(event);
    if (event.defaultPrevented || count === 0) return;
    if (event.key === 'Enter' && active !== null && onOpen !== undefined) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const pageRows = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1);
    const next = listKeyToIndex(event, { active, count, pageRows });
    if (next === null) return;
    event.preventDefault();
    onActive(next);
  };

  return (
    <div
      ref={scroller}
      className="virtual-list"
      role={role}
      aria-label={label}
      aria-activedescendant={active === null ? undefined : `${id}${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < rowHeight;
      }}
    >
      <div role="presentation" style={{ height: rows.height, position: 'relative' }}>
        {indexesOf(rows).map((index) => (
          <div
            key={rowKey?.(index) ?? index}
            id={`${id}${index}`}
            className={`virtual-row${index === active ? ' is-active' : ''}`}
            style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
            role={role === 'tree' ? 'treeitem' : 'option'}
            aria-selected={index === active}
            aria-setsize={count}
            aria-posinset={index + 1}
            {...props.rowAria?.(index)}
            onClick={() => {
              onActive(index);
              props.onClick?.(index);
            }}
            onDoubleClick={() => onOpen?.(index)}
            onContextMenu={(event) => props.onContextMenu?.(index, event)}
          >
            {props.renderRow(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
