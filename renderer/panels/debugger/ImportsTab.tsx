/** The import calls up to this moment, each with the way back to it. */
import { useState, useSyncExternalStore } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { PagedListView } from '../../lists/PagedListView';
import { useActions } from '../../store/context';
import { useStopList } from '../../store/debug/use-stop';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ImportDetail } from '../../ui/receipts/ImportDetail';
import { ImportLine } from '../../ui/receipts/ImportLine';

type PastCall = StudioReturns<'debug.imports'>['rows'][number];

export function ImportsTab() {
  const list = useStopList<PastCall>('imports', ({ client, session, range, signal }) =>
    client.call('debug.imports', { session, ...range }, signal),
  );
  useSyncExternalStore(list.subscribe, list.revision);
  const [index, setIndex] = useState(0);
  const { moveDebug } = useActions();
  const chosen = list.row(index);
  const goTo = (row: PastCall | undefined): void => {
    if (row !== undefined) moveDebug({ kind: 'to count', count: row.moment });
  };
  return (
    <div className="debugger-split">
      <div className="debugger-list">
        <PagedListView
          list={list}
          label="Import calls so far"
          active={index}
          onActive={setIndex}
          onOpen={(opened) => goTo(list.row(opened))}
          renderRow={({ call }) => <ImportLine call={call} />}
          empty={
            <EmptyState icon="plug" title="No import calls yet">
              Up to this moment the code has called nothing outside of it.
            </EmptyState>
          }
        />
      </div>
      {chosen !== undefined && (
        <div className="debugger-detail">
          <div className="debugger-jump">
            <Button
              icon="target"
              title="Go to the moment before this call (Enter)"
              onClick={() => goTo(chosen)}
            >
              {`Go to ${chosen.moment.toLocaleString('en')}`}
            </Button>
          </div>
          <ImportDetail call={chosen.call} />
        </div>
      )}
    </div>
  );
}
