/** A hex dump with a cursor: what the bytes there are as numbers stands below. Only rows in view exist. */
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { indexesOf, useRowWindow } from '../../lists/use-row-window';
import { type BytesPerRow, hexRow, hexRowCount, offsetText } from './hex-rows';
import { typedReads } from './typed-reads';
import './values.css';

interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Address of the first byte: a pointer into the memory of an instance. */
  readonly base?: number;
  /** Parts to mark, by address. */
  readonly changed?: readonly ByteRange[];
  /** As high as its place, in place of a few rows. */
  readonly fill?: boolean;
  /** Keys beside those that move the cursor; told its address. */
  readonly onKey?: (key: string, address: number) => void;
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

function HexDump({ bytes, name, base = 0, changed = [], fill = false, onKey }: HexViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const cursor = Math.min(cursorAt, Math.max(0, bytes.length - 1));
  const bytesPerRow = useBytesPerRow(place);
  const count = hexRowCount(bytes.length, bytesPerRow);
  const rows = useRowWindow({ count, rowHeight });
  const { scroller, show } = rows;

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = cursorStep(event.key, bytesPerRow);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (step === null) {
      onKey?.(event.key, base + cursor);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(
      Math.max(step === 'end' ? bytes.length - 1 : step === 'start' ? 0 : cursor + step, 0),
      bytes.length - 1,
    );
    setCursor(next);
    show(Math.floor(next / bytesPerRow));
  };

  return (
    <div ref={place} className={`hex-view${fill ? ' is-filling' : ''}`}>
      <div
        ref={scroller}
        className="hex-scroller"
        role="grid"
        aria-label={name}
        aria-rowcount={count}
        tabIndex={0}
        style={fill ? undefined : { height: Math.min(count, visibleRows) * rowHeight }}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: rows.height, position: 'relative' }}>
          {indexesOf(rows).map((index) => (
            <HexLine
              key={index}
              bytesPerRow={bytesPerRow}
              row={hexRow(bytes, index, { bytesPerRow, base })}
              top={index * rowHeight}
              cursor={cursor - index * bytesPerRow}
              isChanged={(column) => isIn(changed, base + index * bytesPerRow + column)}
              onCursor={(column) => setCursor(index * bytesPerRow + column)}
            />
          ))}
        </div>
      </div>
      <TypedReads bytes={bytes} cursor={cursor} base={base} />
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

function cursorStep(key: string, bytesPerRow: BytesPerRow): number | 'start' | 'end' | null {
  switch (key) {
    case 'ArrowLeft':
      return -1;
    case 'ArrowRight':
      return 1;
    case 'ArrowUp':
      return -bytesPerRow;
    case 'ArrowDown':
      return bytesPerRow;
    case 'PageUp':
      return -bytesPerRow * visibleRows;
    case 'PageDown':
      return bytesPerRow * visibleRows;
    case 'Home':
      return 'start';
    case 'End':
      return 'end';
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
  readonly isChanged: (column: number) => boolean;
  readonly onCursor: (column: number) => void;
}

function HexLine({ row, bytesPerRow, top, cursor, isChanged, onCursor }: HexLineProps) {
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
            className={`${column === cursor ? 'is-cursor' : ''}${isChanged(column) ? ' is-changed' : ''}`}
            onMouseDown={() => onCursor(column)}
          >
            {digits}
          </span>
        ))}
      </span>
      <span className="hex-ascii" aria-hidden>
        {row.ascii}
      </span>
    </div>
  );
}

function TypedReads({ bytes, cursor, base }: { bytes: Uint8Array; cursor: number; base: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="typed-reads" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{`Numbers at 0x${offsetText(base + cursor)}`}</summary>
      {open && (
        <table>
          <thead>
            <tr>
              <th scope="col">type</th>
              <th scope="col">little-endian</th>
              <th scope="col">big-endian</th>
            </tr>
          </thead>
          <tbody>
            {typedReads(bytes, cursor).map(({ type, little, big }) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                <td>{little}</td>
                <td>{big}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
