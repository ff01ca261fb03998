/** A decoded value: a scalar as itself, a list or map as a tree to open. */
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { WireValue } from '../../../core/studio/protocol/wire';
import { HexView } from './HexView';
import { type ValueRow, entriesPerPage, initialExpansion, rowCharacters, valueRows } from './value-rows';
import { bytesToReadableText } from './bytes-text';
import { valueToSummary } from './value-text';
import './values.css';

interface ValueTreeProps {
  readonly value: WireValue;
  /** What it is the value of, for those who don't see the screen. */
  readonly name: string;
}

export function ValueTree({ value, name }: ValueTreeProps) {
  // `null` until touched: each value then opens as far as it fits.
  const [opened, setOpened] = useState<ReadonlySet<string> | null>(null);
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [active, setActive] = useState('');
  const id = useId();
  const expanded = useMemo(() => opened ?? initialExpansion(value), [opened, value]);
  const rows = useMemo(() => valueRows(value, { expanded, shown }), [value, expanded, shown]);

  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === active),
  );
  const setExpanded = (path: string, open: boolean): void => {
    const next = new Set(expanded);
    if (open) next.add(path);
    else next.delete(path);
    setOpened(next);
  };
  const showMore = (path: string): void => {
    setShown(new Map(shown).set(path, (shown.get(path) ?? entriesPerPage) + entriesPerPage));
  };
  const activate = (row: ValueRow): void => {
    setActive(rowKey(row));
    if (row.kind === 'more') showMore(row.path);
    else if (row.expandable) setExpanded(row.path, !row.expanded);
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row !== undefined) setActive(rowKey(row));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = keyAction(event.key, row);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (key === 'activate') activate(row);
    else if (key === 'open' || key === 'close') setExpanded(row.path, key === 'open');
    else if (key === 'parent')
      moveTo(rows.findLastIndex(({ depth }, at) => at < activeIndex && depth < row.depth));
    else moveTo(key === 'first' ? 0 : key === 'last' ? rows.length - 1 : activeIndex + key);
  };

  return (
    <div
      className="value-tree"
      role="tree"
      aria-label={name}
      tabIndex={0}
      aria-activedescendant={`${id}${activeIndex}`}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <ValueTreeRow
          key={rowKey(row)}
          row={row}
          id={`${id}${index}`}
          active={index === activeIndex}
          onActivate={() => activate(row)}
        />
      ))}
    </div>
  );
}

/** A value in a row: coloured by its kind and shortened. */
export function ValueText({ value, limit = rowCharacters, more = 0 }: ValueTextProps) {
  return <span className={`value-text value-${kindClass(value)}`}>{valueToSummary(value, limit, more)}</span>;
}

interface ValueTextProps {
  readonly value: WireValue;
  /** In characters, about. */
  readonly limit?: number;
  /** Elements of a list that are not in the value. */
  readonly more?: number;
}

interface RowProps {
  readonly row: ValueRow;
  readonly id: string;
  readonly active: boolean;
  readonly onActivate: () => void;
}

function ValueTreeRow({ row, id, active, onActivate }: RowProps) {
  const place = { id, role: 'treeitem', 'aria-level': row.depth + 1, 'aria-selected': active } as const;
  const indent = { paddingInlineStart: `${row.depth * 14}px` };
  const className = `value-row${active ? ' is-active' : ''}`;
  if (row.kind === 'more') {
    return (
      <div {...place} className={`${className} value-more`} style={indent} onClick={onActivate}>
        <span className="value-twist" />
        {`${Math.min(row.hidden, entriesPerPage)} more of ${row.hidden}`}
      </div>
    );
  }
  const expansion = row.expandable ? { 'aria-expanded': row.expanded } : {};
  const whole = row.expanded && row.size === 0;
  return (
    <div {...place} {...expansion} className="value-item">
      <div className={className} style={indent} onClick={onActivate}>
        <span
          className={`value-twist${row.expandable ? ` codicon codicon-chevron-${row.expanded ? 'down' : 'right'}` : ''}`}
        />
        {row.label !== null && <span className="value-label">{row.label}</span>}
        {row.expanded && row.size > 0 ? (
          <span className="value-size">{sizeOf(row)}</span>
        ) : (
          <ValueText value={row.value} />
        )}
        <BytesAsText value={row.value} />
      </div>
      {whole && <WholeScalar value={row.value} />}
    </div>
  );
}

/** Bytes are often text that a contract made into bytes: a key, an address. */
function BytesAsText({ value }: { value: WireValue }) {
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length * 2 > rowCharacters) return null;
  const text = bytesToReadableText(value);
  return text !== undefined && <span className="value-size">{JSON.stringify(text)}</span>;
}

/** What a row had to shorten. */
function WholeScalar({ value }: { value: WireValue }) {
  if (value instanceof Uint8Array) return <HexView bytes={value} name="Bytes" />;
  return <pre className="value-whole">{typeof value === 'string' ? value : ''}</pre>;
}

const rowKey = (row: ValueRow): string => (row.kind === 'more' ? `more ${row.path}` : row.path);

function sizeOf({ size, valueKind }: ValueRow & { kind: 'value' }): string {
  const noun = valueKind === 'list' ? 'item' : 'field';
  return `${size} ${noun}${size === 1 ? '' : 's'}`;
}

function kindClass(value: WireValue): string {
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'object' ? 'container' : typeof value === 'string' ? 'string' : 'number';
}

type KeyAction = 'activate' | 'open' | 'close' | 'parent' | 'first' | 'last' | 1 | -1;

function keyAction(key: string, row: ValueRow): KeyAction | null {
  const expanded = row.kind === 'value' && row.expanded;
  const expandable = row.kind === 'value' && row.expandable;
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'ArrowRight':
      return expanded ? 1 : expandable ? 'open' : null;
    case 'ArrowLeft':
      return expanded ? 'close' : 'parent';
    case 'Enter':
    case ' ':
      return 'activate';
    default:
      return null;
  }
}
