/** The import calls up to this moment, each with the way back to it, and answers by hand to these and to those to come. */
import { useState, useSyncExternalStore } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import type { ImportCallRow } from '../../../core/studio/protocol/world';
import { PagedListView } from '../../lists/PagedListView';
import { useActions, useStudio } from '../../store/context';
import { useStopList } from '../../store/debug/use-stop';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ImportDetail } from '../../ui/receipts/ImportDetail';
import { ImportLine } from '../../ui/receipts/ImportLine';
import { valueToLine } from '../../ui/values/value-text';
import { AnswerDialog, type Answering } from './AnswerDialog';

type PastCall = StudioReturns<'debug.imports'>['rows'][number];

export function ImportsTab() {
  const list = useStopList<PastCall>('imports', ({ client, session, range, signal }) =>
    client.call('debug.imports', { session, ...range }, signal),
  );
  useSyncExternalStore(list.subscribe, list.revision);
  const [index, setIndex] = useState(0);
  const [answering, setAnswering] = useState<Answering | null>(null);
  const { moveDebug } = useActions();
  const chosen = list.row(index);
  const goTo = (row: PastCall | undefined): void => {
    if (row !== undefined) moveDebug({ kind: 'to count', count: row.moment });
  };
  const answer = (row: PastCall | undefined): void => {
    if (row !== undefined)
      setAnswering({ import: qualified(row.call), moment: row.moment, text: givenText(row.call) });
  };
  return (
    <div className="debugger-split">
      <NextCall onAnswer={setAnswering} />
      <div className="debugger-list">
        <PagedListView
          list={list}
          label="Import calls so far"
          active={index}
          onActive={setIndex}
          onOpen={(opened) => goTo(list.row(opened))}
          onKeyDown={(event) => {
            if (event.key.toLowerCase() !== 'a' || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            answer(chosen);
          }}
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
            <Button
              icon="edit"
              title="Goes back to before this call and gives something else in its place"
              keys="KeyA"
              onClick={() => answer(chosen)}
            >
              Answer by hand…
            </Button>
          </div>
          <ImportDetail call={chosen.call} />
        </div>
      )}
      {answering !== null && <AnswerDialog answering={answering} onClose={() => setAnswering(null)} />}
    </div>
  );
}

/** What is called next, in a line that is always there. */
function NextCall({ onAnswer }: { onAnswer: (answering: Answering) => void }) {
  const next = useStudio(({ debugStop }) => debugStop?.nextImport ?? null);
  const isOver = useStudio(({ debugStop }) => debugStop?.end?.count === debugStop?.count);
  return (
    <div className="imports-next">
      <span className="imports-next-words">
        {next === null ? (
          <span className="quiet">The next instruction calls no import</span>
        ) : (
          <>
            <span className="quiet">Next: </span>
            <code>{next}</code>
          </>
        )}
      </span>
      <Button
        icon="edit"
        disabled={isOver}
        title="Gives something in place of what the import would"
        onClick={() => onAnswer({ import: next, moment: null, text: '' })}
      >
        {next === null ? 'Answer an import…' : 'Answer it by hand…'}
      </Button>
    </div>
  );
}

const qualified = ({ set, name }: ImportCallRow): string => `${set}.${name}`;

/** What a call gave, as an answer would give it. */
function givenText({ written, result }: ImportCallRow): string {
  if (written !== null) return valueToLine(written.value ?? written.data.bytes);
  return result === null ? '' : valueToLine(result);
}
