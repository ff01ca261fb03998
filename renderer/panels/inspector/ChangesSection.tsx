/** What the message changed in its kernel's state, key by key. */
import { useState } from 'react';
import { pageSize } from '../../../core/studio/protocol/declare';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { useActions, usePast } from '../../store/context';
import { useAnswer } from '../../store/past/use-answer';
import { Button } from '../../ui/Button';
import { FaultView } from '../../ui/FaultView';
import { Progress } from '../../ui/Progress';
import { ChangeCard } from '../../ui/receipts/ChangeCard';

export function ChangesSection({ detail }: { detail: ReceiptDetail }) {
  const [page, setPage] = useState({ receipt: detail.row.index, page: 0 });
  const key = page.receipt === detail.row.index ? page : { receipt: detail.row.index, page: 0 };
  const { changes } = usePast();
  const { selectState, showPanel } = useActions();
  const answer = useAnswer(changes, key);
  if (answer.state === 'loading') return <Progress label="State changes: loading" />;
  if (answer.state === 'failed') {
    return (
      <FaultView
        what="The state changes could not be read."
        fault={answer.fault}
        onRetry={() => changes.retry(key)}
      />
    );
  }
  const { rows, start, total } = answer.value;
  if (total === 0) {
    return (
      <div className="detail-section">
        <p className="quiet">
          {detail.outcome.kind === 'trap'
            ? 'What it had written was rolled back: the state is as before.'
            : 'It changed no state.'}
        </p>
      </div>
    );
  }
  const show = (rawKey: Uint8Array): void => {
    selectState({ kernel: detail.row.to, key: rawKey });
    showPanel('state');
  };
  return (
    <div className="detail-section">
      {rows.map((change) => (
        <ChangeCard key={change.key} change={change} onShowKey={() => show(change.rawKey.bytes)} />
      ))}
      {total > pageSize && (
        <div className="pager">
          <span className="quiet">{`${start + 1} to ${start + rows.length} of ${total.toLocaleString('en')}`}</span>
          <Button disabled={start === 0} onClick={() => setPage({ ...key, page: key.page - 1 })}>
            Previous
          </Button>
          <Button
            disabled={start + rows.length >= total}
            onClick={() => setPage({ ...key, page: key.page + 1 })}
          >
            Next
          </Button>
        </div>
      )}
    </div>
  );
}
