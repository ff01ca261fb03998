/** A hex dump with a cursor: what the bytes there are as numbers stands below. Only rows in view exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import { bytesPerRow, hexRow, hexRowCount, offsetText } from './hex-rows';
import { typedReads } from './typed-reads';
import './values.css';

interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Address of the first byte: a pointer into the memory of an instance. */
  readonly base?: number;
}

const rowHeight = 18;
const visibleRows = 14;

export function HexView({ bytes, name, base = 0 }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const cursor = Math.min(cursorAt, Math.max(0, bytes.length - 1));
  const count = hexRowCount(bytes.length);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = cursorSteps[event.key];
    if (step === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(
      Math.max(step === 'end' ? bytes.length - 1 : step === 'start' ? 0 : cursor + step, 0),
      bytes.length - 1,
    );
    setCursor(next);
    virtual.scrollToIndex(Math.floor(next / bytesPerRow));
  };

  if (bytes.length === 0) return <div className="hex-empty">no bytes</div>;
  return (
    <div className="hex-view">
      <div
        ref={scroller}
        className="hex-scroller"
        role="grid"
        aria-label={name}
        aria-rowcount={count}
        tabIndex={0}
        style={{ height: Math.min(count, visibleRows) * rowHeight }}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <HexLine
              key={index}
              row={hexRow(bytes, index, base)}
              top={start}
              cursor={cursor - index * bytesPerRow}
              onCursor={(column) => setCursor(index * bytesPerRow + column)}
            />
          ))}
        </div>
      </div>
      <TypedReads bytes={bytes} cursor={cursor} base={base} />
    </div>
  );
}

const cursorSteps: Readonly<Record<string, number | 'start' | 'end' | undefined>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -bytesPerRow,
  ArrowDown: bytesPerRow,
  PageUp: -bytesPerRow * visibleRows,
  PageDown: bytesPerRow * visibleRows,
  Home: 'start',
  End: 'end',
};

interface HexLineProps {
  readonly row: ReturnType<typeof hexRow>;
  readonly top: number;
  /** Column of the cursor; outside 0 to 15 when it is in another row. */
  readonly cursor: number;
  readonly onCursor: (column: number) => void;
}

function HexLine({ row, top, cursor, onCursor }: HexLineProps) {
  return (
    <div className="hex-line" role="row" style={{ top, height: rowHeight }}>
      <span className="hex-offset" role="rowheader">
        {offsetText(row.offset)}
      </span>
      <span className="hex-bytes">
        {row.hex.map((digits, column) => (
          <span
            key={column}
            role="gridcell"
            aria-selected={column === cursor}
            className={column === cursor ? 'is-cursor' : undefined}
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
