/** The messages queued up to this moment. They leave when the run ends well. */
import { useState, useSyncExternalStore } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { PagedListView } from '../../lists/PagedListView';
import { useStopList } from '../../store/debug/use-stop';
import { EmptyState } from '../../ui/EmptyState';
import { AddressLink, ReceiptLink } from '../../ui/links';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { NamedValues } from '../../ui/receipts/NamedValues';
import { valueToSummary } from '../../ui/values/value-text';

type QueuedSend = StudioReturns<'debug.sends'>['rows'][number];

export function SendsTab() {
  const list = useStopList<QueuedSend>('sends', ({ client, session, range, signal }) =>
    client.call('debug.sends', { session, ...range }, signal),
  );
  useSyncExternalStore(list.subscribe, list.revision);
  const [index, setIndex] = useState(0);
  const chosen = list.row(index);
  return (
    <div className="debugger-split">
      <div className="debugger-list">
        <PagedListView
          list={list}
          label="Messages queued so far"
          active={index}
          onActive={setIndex}
          renderRow={(send) => <SendLine send={send} />}
          empty={
            <EmptyState icon="send" title="No message queued yet">
              Messages that the code sends wait here until the run ends well; a trap drops them.
            </EmptyState>
          }
        />
      </div>
      {chosen !== undefined && (
        <div className="debugger-detail">
          <div className="detail-section">
            <Facts>
              <Fact name="To">
                <AddressLink address={chosen.to} />
              </Fact>
              <Fact name="Method">
                <code>{chosen.method}</code>
              </Fact>
              <Fact name="Reply to">{chosen.replyTo ?? 'no reply wanted'}</Fact>
              <Fact name="Led to">
                {chosen.receipt === null ? 'not sent yet' : <ReceiptLink index={chosen.receipt} />}
              </Fact>
            </Facts>
            {chosen.args.length > 0 && <NamedValues values={chosen.args} />}
          </div>
        </div>
      )}
    </div>
  );
}

const SendLine = ({ send: { to, method, args } }: { send: QueuedSend }) => (
  <span className="import-row">
    <span className="import-name">{to}</span>
    <span className="import-args">
      {`${method}(${args.map(({ value }) => valueToSummary(value, 32)).join(', ')})`}
    </span>
  </span>
);
