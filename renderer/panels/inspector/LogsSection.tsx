import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { LogLines } from '../../ui/receipts/LogLines';

/** What the contract logged. Logs are kept of a run that was cut short, too: they say how far it came. */
export function LogsSection({ detail: { logs, logsTotal } }: { detail: ReceiptDetail }) {
  return (
    <div className="detail-section">
      {logsTotal === 0 ? <p className="quiet">It logged nothing.</p> : <LogLines lines={logs} />}
      {logs.length < logsTotal && (
        <p className="quiet">{`The first ${logs.length} of ${logsTotal} lines.`}</p>
      )}
    </div>
  );
}
