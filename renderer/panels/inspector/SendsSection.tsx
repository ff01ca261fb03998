/** The messages that the run sent, each with the receipt it led to. */
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { AddressLink, ReceiptLink } from '../../ui/links';
import { NamedValues } from '../../ui/receipts/NamedValues';

export function SendsSection({ detail }: { detail: ReceiptDetail }) {
  const { sends, sendsTotal, outcome } = detail;
  if (sendsTotal === 0) {
    return (
      <p className="detail-section quiet">
        {outcome.kind === 'trap' ? 'What it had sent was rolled back.' : 'It sent no messages.'}
      </p>
    );
  }
  return (
    <div className="detail-section">
      <ol className="sends" aria-label="Messages sent">
        {sends.map((send) => (
          <li key={send.id} className="send">
            <div className="send-head">
              <AddressLink address={send.to} />
              <code>{send.method}</code>
              {send.replyTo !== null && <span className="quiet">{`reply to ${send.replyTo}`}</span>}
              <span className="send-receipt">
                {send.receipt === null ? (
                  <span className="quiet">
                    {send.heldFor === null
                      ? 'on its way'
                      : `only when no reply comes within ${send.heldFor} deliveries`}
                  </span>
                ) : (
                  <ReceiptLink index={send.receipt} />
                )}
              </span>
            </div>
            {send.args.length > 0 && <NamedValues values={send.args} />}
          </li>
        ))}
      </ol>
      {sends.length < sendsTotal && (
        <p className="quiet">{`The first ${sends.length} of ${sendsTotal}; the others stand in the timeline below this message.`}</p>
      )}
    </div>
  );
}
