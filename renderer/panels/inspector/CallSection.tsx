/** Who called what, with which arguments, and what it cost. */
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { AddressLink, ReceiptLink } from '../../ui/links';
import { DataPane } from '../../ui/values/DataPane';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { NamedValues } from '../../ui/receipts/NamedValues';

export function CallSection({ detail }: { detail: ReceiptDetail }) {
  const { row, args, rawArgs, replyTo, gasLimit, code, codeName } = detail;
  return (
    <div className="detail-section">
      <Facts>
        <Fact name="From">
          {row.from === null ? (
            <span className="signal-mark">signal from outside</span>
          ) : (
            <AddressLink address={row.from} />
          )}
        </Fact>
        <Fact name="To">
          <AddressLink address={row.to} />
        </Fact>
        <Fact name="Method">
          <code>{row.method}</code>
        </Fact>
        <Fact name="Message">{`${detail.id}`}</Fact>
        <Fact name="Cause">
          {row.cause === null ? (
            'none: it is a signal'
          ) : (
            <>
              <ReceiptLink index={row.cause} />
              {row.signal !== row.cause && (
                <>
                  {', begun by signal '}
                  <ReceiptLink index={row.signal} />
                </>
              )}
            </>
          )}
        </Fact>
        <Fact name="Reply to">{replyTo === null ? 'no reply wanted' : <code>{replyTo}</code>}</Fact>
        <Fact name="Gas">
          <GasMeter used={row.gasUsed} limit={gasLimit} />
        </Fact>
        <Fact name="Code">
          <span>{codeName ?? (code === null ? 'none' : 'without a name')}</span>
          {code !== null && <span className="cid">{code}</span>}
        </Fact>
      </Facts>
      <h3>Arguments</h3>
      {args.length === 0 ? (
        <p className="quiet">The message has no arguments.</p>
      ) : (
        <NamedValues values={args} />
      )}
      <details className="raw">
        <summary>Raw arguments</summary>
        <DataPane data={{ data: rawArgs }} name="Raw arguments" />
      </details>
    </div>
  );
}

function GasMeter({ used, limit }: { used: number; limit: number }) {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  return (
    <span className="gas-meter">
      {`${used.toLocaleString('en')} of ${limit.toLocaleString('en')}`}
      <span className="gas-bar" aria-hidden>
        <span style={{ width: `${share * 100}%` }} className={share >= 1 ? 'is-full' : undefined} />
      </span>
    </span>
  );
}
