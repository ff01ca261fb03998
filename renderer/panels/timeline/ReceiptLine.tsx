import type { ReceiptRow } from '../../../core/studio/protocol/world';
import { Icon } from '../../ui/Icon';

/** Deeper messages are not moved further to the right: the arrow keys lead along their causes. */
const deepestIndent = 12;

/** One receipt in a line, moved to the right below the signal that it follows from. */
export function ReceiptLine({ row }: { row: ReceiptRow }) {
  const indent = { paddingInlineStart: `${Math.min(row.depth, deepestIndent) * 12}px` };
  return (
    <span className={`receipt-line is-${row.outcome}`}>
      <span className="receipt-index">{row.index}</span>
      <span className="receipt-route" style={indent}>
        {row.from === null ? (
          <span className="receipt-signal">
            <Icon name="broadcast" />
            signal
          </span>
        ) : (
          <span className="receipt-from">{row.from}</span>
        )}
        <span className="receipt-arrow">→</span>
        <span className="receipt-to">{row.to}</span>
      </span>
      <span className="receipt-call">
        <span className="receipt-method">{row.method}</span>
        <span className="receipt-args">{`(${row.summary})`}</span>
      </span>
      <span className="receipt-outcome" title={row.reason}>
        <span className={`outcome-badge badge-${row.outcome}`}>{row.outcome}</span>
        <span className="receipt-reason">{row.reason}</span>
      </span>
      <span className="receipt-gas">{row.gasUsed.toLocaleString('en')}</span>
      <span className="receipt-sends">{row.sends === 0 ? '' : row.sends}</span>
      <span className="receipt-changed" title={row.stateChanged ? 'It changed the state' : undefined}>
        {row.stateChanged && <Icon name="circle-small-filled" />}
        {row.stateChanged && <span className="visually-hidden">changed</span>}
      </span>
    </span>
  );
}
