/** The kernel's state as the run sees it, its own writes marked; below it what the run wrote so far. */
import { useEffect, useMemo, useState } from 'react';
import { ok } from '../../../core/base/result';
import { pageSize } from '../../../core/studio/protocol/declare';
import type { WireData } from '../../../core/studio/protocol/wire';
import type { StateChange } from '../../../core/studio/protocol/world';
import { PagedListView } from '../../lists/PagedListView';
import { TreeView } from '../../lists/TreeView';
import { type StateTree, createStateTree, stateRowKey } from '../../lists/state-tree';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import { useStopList } from '../../store/debug/use-stop';
import { EmptyState } from '../../ui/EmptyState';
import { StateLine } from '../../ui/receipts/StateLine';
import { valueToSummary } from '../../ui/values/value-text';
import { useMemory } from './memory';

export function StateTab() {
  const { tree, written } = useRunState();
  const { askPast } = useMemory();
  const [active, setActive] = useState<string | null>(null);
  return (
    <div className="debugger-split">
      <div className="debugger-list">
        <TreeView
          tree={tree}
          label="State as the run sees it"
          active={active}
          onActive={({ key }) => setActive(key)}
          onKeyDown={(event) => {
            if (event.key.toLowerCase() !== 'h' || event.ctrlKey || event.metaKey || event.altKey) return;
            const row = tree.row(tree.indexOf(active ?? '') ?? -1);
            if (row?.kind !== 'node') return;
            event.preventDefault();
            const key = row.node.rawKey;
            askPast({ kind: 'changes', of: { kind: 'state', key }, words: `Changes of ${row.node.name}` });
          }}
          renderNode={({ node, key }) => (
            <StateLine row={node} change={written.has(key) ? 'written by this run' : null} />
          )}
          empty={<EmptyState icon="database" title="The state is empty" />}
        />
      </div>
      <div className="debugger-detail">
        <Written />
      </div>
    </div>
  );
}

function Written() {
  const list = useStopList<StateChange>('changes', ({ client, session, range, signal }) =>
    client.call('debug.changes', { session, ...range }, signal),
  );
  const kernel = useStudio(({ debugStop }) => debugStop?.message.to ?? '');
  const { selectState, showPanel } = useActions();
  const [active, setActive] = useState<number | null>(null);
  return (
    <section className="debugger-titled" aria-label="Written so far">
      <h3>Written so far</h3>
      <PagedListView
        list={list}
        label="Written so far"
        active={active}
        onActive={setActive}
        onOpen={(index) => {
          const change = list.row(index);
          if (change === undefined) return;
          selectState({ kernel, key: change.rawKey.bytes });
          showPanel('state');
        }}
        renderRow={(change) => <ChangeLine change={change} />}
        empty={<p className="quiet debugger-none">The run has written nothing yet.</p>}
      />
    </section>
  );
}

const ChangeLine = ({ change: { key, before, after } }: { change: StateChange }) => (
  <span className="change-line">
    <span className="state-name">{key === '' ? '(empty key)' : key}</span>
    <del>{dataText(before)}</del>
    <span className="quiet">→</span>
    <ins>{dataText(after)}</ins>
  </span>
);

const dataText = (data: WireData | null): string =>
  data === null ? 'none' : valueToSummary(data.value ?? data.data.bytes, 40);

interface RunState {
  readonly tree: StateTree;
  /** Rows that the run wrote, or wrote below, by key. */
  readonly written: ReadonlySet<string>;
}

function useRunState(): RunState {
  const { client, store } = useStudioContext();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const serial = useStudio(({ debugSerial }) => debugSerial);
  const state = useMemo(() => {
    const written = new Set<string>();
    const tree = createStateTree(async ({ prefix, after }, signal) => {
      if (session === null) return ok({ rows: [], more: false });
      const page = await client.call('debug.state', { session, prefix, after, count: pageSize }, signal);
      if (!page.ok) return page;
      for (const { row, written: isWritten } of page.value.rows) {
        if (isWritten) written.add(stateRowKey(row.rawKey));
        else written.delete(stateRowKey(row.rawKey));
      }
      return ok({ rows: page.value.rows.map(({ row }) => row), more: page.value.more });
    }, store.getState().debugSerial);
    return { tree, written };
  }, [client, store, session]);
  useEffect(() => () => state.tree.dispose(), [state]);
  useEffect(() => state.tree.show(serial), [state, serial]);
  return state;
}
