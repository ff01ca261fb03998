/** What was asked of the whole run: a list of moments to go to, and a plot where they are numbers. */
import { useEffect, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { VirtualList } from '../../lists/VirtualList';
import { useActions, useClient, useStudio } from '../../store/context';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { Progress } from '../../ui/Progress';
import { valueToSummary } from '../../ui/values/value-text';
import { useMemory } from './memory';
import { plotOf } from './plot';
import { type FoundValue, type Question, askPast } from './question';

export function PastTab() {
  const { question } = useMemory();
  if (question === null) {
    return (
      <EmptyState icon="history" title="Ask the past">
        Choose a value, a byte of memory or a key of the state and press H: every moment at which it changed
        stands here. For a watch it is its value at each pass of the line that it stands at.
      </EmptyState>
    );
  }
  return <Found question={question} />;
}

const plotSize = { width: 400, height: 64 };

function Found({ question }: { question: Question }) {
  const { rows, next, fault, loading, more } = useFound(question);
  const count = useStudio(({ debugStop }) => debugStop?.count ?? 0);
  const { moveDebug } = useActions();
  const [active, setActive] = useState<number | null>(null);
  const plot = plotOf(rows, plotSize);
  const goTo = (index: number): void => {
    const row = rows[index];
    if (row !== undefined) moveDebug({ kind: 'to count', count: row.moment });
  };
  return (
    <section className="past" aria-label="Asked of the whole message">
      <h3>{question.words}</h3>
      {loading && <Progress label="Asking the whole message" />}
      {fault !== null && <FaultView fault={fault} />}
      {plot !== null && (
        <div className="past-plot">
          <svg
            viewBox={`0 -2 ${plotSize.width} ${plotSize.height + 4}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${question.words}: from ${plot.least} to ${plot.most}`}
          >
            <path d={plot.path} />
          </svg>
          <span className="past-most">{plot.most.toLocaleString('en')}</span>
          <span className="past-least">{plot.least.toLocaleString('en')}</span>
        </div>
      )}
      {rows.length === 0 && !loading && fault === null ? (
        <EmptyState icon="history" title="Never in this message" />
      ) : (
        <VirtualList
          label={question.words}
          count={rows.length}
          active={active}
          onActive={setActive}
          onOpen={goTo}
          renderRow={(index) => {
            const row = rows[index];
            return row !== undefined && <FoundLine row={row} isPast={row.moment < count} />;
          }}
        />
      )}
      {rows.length > 0 && (
        <div className="past-foot">
          <span className="quiet">{`${rows.length.toLocaleString('en')}${next === null ? '' : ' and more'}`}</span>
          {next !== null && (
            <Button disabled={loading} onClick={more}>
              More
            </Button>
          )}
          <Button icon="target" disabled={active === null} onClick={() => goTo(active ?? 0)}>
            Go there
          </Button>
        </div>
      )}
    </section>
  );
}

const FoundLine = ({
  row: { moment, before, value, words },
  isPast,
}: {
  row: FoundValue;
  isPast: boolean;
}) => (
  <span className={`past-line${isPast ? '' : ' is-ahead'}`}>
    <span className="past-moment">{moment.toLocaleString('en')}</span>
    {before !== undefined && <span className="past-value">{valueToSummary(before, 24)}</span>}
    {before !== undefined && <span className="quiet">→</span>}
    <span className="past-value">{valueToSummary(value, 32)}</span>
    <span className="past-words">{words}</span>
  </span>
);

interface FoundState {
  readonly of: Question;
  /** The moment after which the last page was asked for. */
  readonly after: number | null;
  readonly rows: readonly FoundValue[];
  readonly next: number | null;
  readonly fault: Fault | null;
}

/** The first page at once, others when they are asked for. */
function useFound(question: Question) {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const [found, setFound] = useState<FoundState | null>(null);
  const [wanted, setWanted] = useState<{ readonly of: Question; readonly after: number | null }>({
    of: question,
    after: null,
  });
  const after = wanted.of === question ? wanted.after : null;
  useEffect(() => {
    if (session === null) return undefined;
    const asking = new AbortController();
    void askPast({ client, session, signal: asking.signal }, question, after).then((page) => {
      if (asking.signal.aborted) return;
      setFound((known) => {
        const before = after !== null && known?.of === question ? known.rows : [];
        return page.ok
          ? { of: question, after, rows: [...before, ...page.value.rows], next: page.value.next, fault: null }
          : { of: question, after, rows: before, next: null, fault: page.error };
      });
    });
    return () => asking.abort();
  }, [client, session, question, after]);
  const shown = found?.of === question ? found : null;
  return {
    rows: shown?.rows ?? [],
    next: shown?.next ?? null,
    fault: shown?.fault ?? null,
    loading: shown === null || shown.after !== after,
    more: () => setWanted({ of: question, after: shown?.next ?? null }),
  };
}
