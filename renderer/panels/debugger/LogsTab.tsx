/** What the run logged up to this moment. */
import { useState } from 'react';
import { PagedListView } from '../../lists/PagedListView';
import { useStopList } from '../../store/debug/use-stop';
import { EmptyState } from '../../ui/EmptyState';

export function LogsTab() {
  const list = useStopList<string>('logs', ({ client, session, range, signal }) =>
    client.call('debug.logs', { session, ...range }, signal),
  );
  const [active, setActive] = useState<number | null>(null);
  return (
    <PagedListView
      list={list}
      label="Logs so far"
      active={active}
      onActive={setActive}
      renderRow={(line, index) => (
        <span className="debugger-log">
          <span className="quiet">{index + 1}</span>
          <span title={line}>{line}</span>
        </span>
      )}
      empty={<EmptyState icon="output" title="Nothing logged yet" />}
    />
  );
}
