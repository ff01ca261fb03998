/** What changed in a value: whole when it came, went or is a scalar; else the entries that differ. */
import { useMemo } from 'react';
import type { WireValue } from '../../../core/studio/protocol/wire';
import { ValueText } from './ValueTree';
import { type DiffRow, diffValues } from './value-diff';
import './values.css';

interface DiffViewProps {
  readonly before: WireValue | undefined;
  readonly after: WireValue | undefined;
  readonly name: string;
}

const rowLimit = 500;

/** Two lists or maps need no row of their own above their entries. */
function visibleRows(before: WireValue | undefined, after: WireValue | undefined): readonly DiffRow[] {
  const [root, ...below] = diffValues(before, after);
  if (root?.mark !== 'inside') return root === undefined ? [] : [root, ...below];
  return below.map((row) => ({ ...row, depth: row.depth - 1 }));
}

export function DiffView({ before, after, name }: DiffViewProps) {
  const rows = useMemo(() => visibleRows(before, after), [before, after]);
  return (
    <div className="diff-view" role="list" aria-label={name}>
      {rows.slice(0, rowLimit).map((row) => (
        <div
          key={row.path}
          role="listitem"
          className={`diff-row diff-${row.mark}`}
          style={{ paddingInlineStart: `${row.depth * 14}px` }}
        >
          <DiffRowContent row={row} />
        </div>
      ))}
      {rows.length > rowLimit && (
        <div className="diff-row diff-same">{`${rows.length - rowLimit} more lines differ; open the value to see them all`}</div>
      )}
    </div>
  );
}

function DiffRowContent({ row }: { row: DiffRow }) {
  if (row.mark === 'same') return `${row.count} unchanged`;
  const label = row.label !== null && <span className="value-label">{row.label}</span>;
  if (row.mark === 'inside') return label;
  return (
    <>
      {label}
      {row.before !== undefined && (
        <del>
          <ValueText value={row.before} />
        </del>
      )}
      {row.before !== undefined && row.after !== undefined && <span className="diff-arrow">→</span>}
      {row.after !== undefined && (
        <ins>
          <ValueText value={row.after} />
        </ins>
      )}
    </>
  );
}
