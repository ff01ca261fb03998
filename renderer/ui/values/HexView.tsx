/**
 * A hex dump with a cursor: what the bytes there are as numbers stands below. Where they can be changed, digits or text are
 * typed over them. Only rows in view exist.
 */
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { indexesOf, useRowWindow } from '../../lists/use-row-window';
import { type BytesPerRow, hexRow, hexRowCount, offsetText } from './hex-rows';
import { TypedReads } from './TypedReads';
import { TypingBar } from './TypingBar';
import { type Typing, startTyping, typeAll, typeKey, typedStretch, withTyped } from './typed-bytes';
import './values.css';

interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Address of the first byte: a pointer into the memory of an instance. */
  readonly base?: number;
  /** Parts to mark, by address: what was changed, and what was put there by hand. */
  readonly changed?: readonly ByteRange[];
  readonly edited?: readonly ByteRange[];
  /** As high as its place, in place of a few rows. */
  readonly fill?: boolean;
  /** Keys beside those that move the cursor; told its address. */
  readonly onKey?: (key: string, address: number) => void;
  /** What those keys do, in words. */
  readonly keys?: string;
  /** With it, bytes can be typed over: told what is to be put where. */
  readonly onPut?: (address: number, put: Uint8Array) => void;
}

interface ByteRange {
  readonly address: number;
  readonly length: number;
}

const rowHeight = 18;
const visibleRows = 14;

export function HexView(props: HexViewProps) {
  return props.bytes.length === 0 ? <div className="hex-empty">no bytes</div> : <HexDump {...props} />;
}

function HexDump(props: HexViewProps) {
  const {
    bytes: stored,
    name,
    base = 0,
    changed = [],
    edited = [],
    fill = false,
    onKey,
    keys = '',
    onPut,
  } = props;
  const place = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const [typing, setTyping] = useState<Typing | null>(null);
  const bytes = typing === null ? stored : withTyped(stored, typing);
  const last = Math.max(0, bytes.length - 1);
  const cursor = Math.min(typing?.cursor ?? cursorAt, last);
  const bytesPerRow = useBytesPerRow(place);
  const count = hexRowCount(bytes.length, bytesPerRow);
  const rows = useRowWindow({ count, rowHeight });
  const { scroller, show } = rows;

  const moveTo = (at: number): void => {
    const next = Math.min(Math.max(at, 0), last);
    if (typing !== null) setTyping({ ...typing, cursor: next, isHalf: false });
    setCursor(next);
    show(Math.floor(next / bytesPerRow));
  };
  const leave = (): void => {
    setCursor(cursor);
    setTyping(null);
    scroller.current?.focus();
  };
  const put = (): void => {
    const stretch = typing === null ? null : typedStretch(stored, typing);
    leave();
    if (stretch !== null) onPut?.(base + stretch.start, stretch.bytes);
  };
  const startAt = (at: number): void => {
    if (onPut !== undefined && typing === null) setTyping(startTyping(at));
  };

  /** Whether the key was one for typing. */
  const onTypingKey = (key: string): boolean => {
    if (typing === null) return false;
    const typed = typeKey(typing, key, stored);
    if (typed !== null) {
      setTyping(typed);
      show(Math.floor(typed.cursor / bytesPerRow));
    } else if (key === 'Enter') put();
    else if (key === 'Escape') leave();
    else if (key === 'Tab') setTyping({ ...typing, as: typing.as === 'hex' ? 'text' : 'hex', isHalf: false });
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = cursorTarget(event.key, { cursor, last, bytesPerRow });
    if (target !== null) moveTo(target);
    else if (typing === null && event.key === 'Enter' && onPut !== undefined) startAt(cursor);
    else if (!onTypingKey(event.key)) {
      if (typing === null) onKey?.(event.key, base + cursor);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={place} className={`hex-view${fill ? ' is-filling' : ''}`}>
      <div
        ref={scroller}
        className={`hex-scroller${typing === null ? '' : ` is-typing-${typing.as}`}`}
        role="grid"
        aria-label={name}
        aria-rowcount={count}
        tabIndex={0}
        style={fill ? undefined : { height: Math.min(count, visibleRows) * rowHeight }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain');
          const typed = typing === null ? null : typeAll(typing, text, stored);
          if (typed !== null) setTyping(typed);
        }}
      >
        <div style={{ height: rows.height, position: 'relative' }}>
          {indexesOf(rows).map((index) => {
            const first = index * bytesPerRow;
            return (
              <HexLine
                key={index}
                bytesPerRow={bytesPerRow}
                row={hexRow(bytes, index, { bytesPerRow, base })}
                top={index * rowHeight}
                cursor={cursor - first}
                markOf={(column) => {
                  if (typing?.byPlace.has(first + column) === true) return 'is-typed';
                  if (isIn(edited, base + first + column)) return 'is-edited';
                  return isIn(changed, base + first + column) ? 'is-changed' : '';
                }}
                onCursor={(column) => moveTo(first + column)}
                onStart={(column) => startAt(first + column)}
              />
            );
          })}
        </div>
      </div>
      {onPut !== undefined && (
        <TypingBar typing={typing} address={base + cursor} keys={keys} onPut={put} onLeave={leave} />
      )}
      <TypedReads
        bytes={bytes}
        cursor={cursor}
        base={base}
        onPut={onPut === undefined || typing !== null ? undefined : (at) => onPut(base + cursor, at)}
      />
    </div>
  );
}

const isIn = (ranges: readonly ByteRange[], at: number): boolean =>
  ranges.some(({ address, length }) => at >= address && at < address + length);

/** Sixteen, as everywhere, unless they don't fit beside their text. */
function useBytesPerRow(place: RefObject<HTMLElement | null>): BytesPerRow {
  const [bytesPerRow, setBytesPerRow] = useState<BytesPerRow>(16);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setBytesPerRow(element.clientWidth < widthForSixteen ? 8 : 16));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return bytesPerRow;
}

/** In pixels. */
const widthForSixteen = 470;

interface CursorPlace {
  readonly cursor: number;
  readonly last: number;
  readonly bytesPerRow: number;
}

/** Where a key takes the cursor, perhaps beyond the bytes; `null` for a key that doesn't. */
function cursorTarget(key: string, { cursor, last, bytesPerRow }: CursorPlace): number | null {
  switch (key) {
    case 'ArrowLeft':
      return cursor - 1;
    case 'ArrowRight':
      return cursor + 1;
    case 'ArrowUp':
      return cursor - bytesPerRow;
    case 'ArrowDown':
      return cursor + bytesPerRow;
    case 'PageUp':
      return cursor - bytesPerRow * visibleRows;
    case 'PageDown':
      return cursor + bytesPerRow * visibleRows;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

interface HexLineProps {
  readonly row: ReturnType<typeof hexRow>;
  readonly bytesPerRow: BytesPerRow;
  readonly top: number;
  /** Column of the cursor; outside 0 to 15 when it is in another row. */
  readonly cursor: number;
  /** A class. */
  readonly markOf: (column: number) => string;
  readonly onCursor: (column: number) => void;
  readonly onStart: (column: number) => void;
}

function HexLine({ row, bytesPerRow, top, cursor, markOf, onCursor, onStart }: HexLineProps) {
  return (
    <div className="hex-line" role="row" style={{ top, height: rowHeight }}>
      <span className="hex-offset" role="rowheader">
        {offsetText(row.offset)}
      </span>
      <span className="hex-bytes" style={{ minWidth: `calc(${bytesPerRow} * (2ch + 5px) + 4px)` }}>
        {row.hex.map((digits, column) => (
          <span
            key={column}
            role="gridcell"
            aria-selected={column === cursor}
            className={`${column === cursor ? 'is-cursor ' : ''}${markOf(column)}`}
            onMouseDown={() => onCursor(column)}
            onDoubleClick={() => onStart(column)}
          >
            {digits}
          </span>
        ))}
      </span>
      <span className="hex-ascii" aria-hidden>
        {row.ascii.split('').map((character, column) => (
          <span
            key={column}
            className={`${column === cursor ? 'is-cursor ' : ''}${markOf(column)}`}
            onMouseDown={() => onCursor(column)}
          >
            {character}
          </span>
        ))}
      </span>
    </div>
  );
}
