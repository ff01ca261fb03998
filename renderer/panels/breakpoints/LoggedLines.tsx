/** What log points wrote in the part of the run that was gone through; Enter goes to the moment of a line. */
import { useState, useSyncExternalStore } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { PagedListView } from '../../lists/PagedListView';
import { useActions, useStudio } from '../../store/context';
import { useStopList } from '../../store/debug/use-stop';

type Logged = StudioReturns<'debug.logged'>['rows'][number];

/** Stands there only when some breakpoint logs. */
export function LoggedLines() {
  const hasLogPoint = useStudio(
    ({ breakpoints, debugStop }) =>
      debugStop !== null && breakpoints.some(({ breakpoint }) => breakpoint.log !== null),
  );
  return hasLogPoint ? <LoggedList /> : null;
}

function LoggedList() {
  const list = useStopList<Logged>('logged', ({ client, session, range, signal }) =>
    client.call('debug.logged', { session, ...range }, signal),
  );
  useSyncExternalStore(list.subscribe, list.revision);
  const [active, setActive] = useState<number | null>(null);
  const { moveDebug } = useActions();
  return (
    <section className="logged" aria-label="Written by log points">
      <PagedListView
        list={list}
        label="Written by log points"
        active={active}
        onActive={setActive}
        onOpen={(index) => {
          const row = list.row(index);
          if (row !== undefined) moveDebug({ kind: 'to count', count: row.moment });
        }}
        renderRow={({ moment, text }) => (
          <span className="logged-line mono">
            <span className="quiet">{moment.toLocaleString('en')}</span>
            <span title={text}>{text}</span>
          </span>
        )}
        empty={<p className="quiet logged-none">Log points wrote nothing yet.</p>}
      />
    </section>
  );
}
