/** The signals that were sent from here, to look at or to send again. */
import { ReceiptLink } from '../../ui/links';
import { valueToSummary } from '../../ui/values/value-text';
import type { useComposer } from './use-composer';

export function SentList({ composer: { sent, recall } }: { composer: ReturnType<typeof useComposer> }) {
  if (sent.length === 0) return null;
  return (
    <details className="sent" open>
      <summary>Sent</summary>
      <ul aria-label="Sent signals">
        {sent.map((signal, place) => (
          <li key={sent.length - place}>
            {signal.receipt === null ? (
              <span className="quiet mono" title="Not delivered when it was looked at last">
                …
              </span>
            ) : (
              <ReceiptLink index={signal.receipt} kernel={signal.to} />
            )}
            <button
              type="button"
              className="sent-signal"
              title="Write it again"
              onClick={() => recall(signal)}
            >
              <span>{signal.to}</span>
              <code>{`${signal.method}${valueToSummary(signal.args, 60)}`}</code>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
