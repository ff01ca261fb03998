/** One key of a state in a line: an entry with its value, a level, or both. */
import type { StateRow } from '../../../core/studio/protocol/world';
import { Icon } from '../Icon';
import { ValueText } from '../values/ValueTree';
import { sizeText } from '../values/bytes-text';
import './receipts.css';

interface StateLineProps {
  readonly row: StateRow;
  /** What changed it, in words; `null` when nothing did. */
  readonly change: string | null;
}

export function StateLine({ row, change }: StateLineProps) {
  const { name, level, entry } = row;
  return (
    <span className="state-line">
      <span className="state-name">{name === '' ? '(empty)' : name}</span>
      {level && <span className="quiet">/</span>}
      {change !== null && (
        <span className="state-change" title={change}>
          <Icon name="circle-filled" />
          <span className="visually-hidden">{change}</span>
        </span>
      )}
      {entry !== null && (
        <span className="state-preview">
          {entry.value === undefined ? (
            <span className="quiet">{sizeText(entry.data.length)}</span>
          ) : (
            <ValueText value={entry.value} limit={60} />
          )}
        </span>
      )}
    </span>
  );
}
