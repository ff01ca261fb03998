/** The trap that ends the run, in one place: what, where, with which values, after what, and what it undid. */
import { useEffect, useState } from 'react';
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { useActions, useClient, useStudio } from '../../store/context';
import type { Answer } from '../../store/past/past-cache';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { Icon } from '../../ui/Icon';
import { Progress } from '../../ui/Progress';
import { debugKeys } from '../../ui/debug-keys';
import { ImportLine } from '../../ui/receipts/ImportLine';
import { StackView } from '../../ui/receipts/StackView';
import { toSentence } from '../../ui/sentence';
import { ValueText } from '../../ui/values/ValueTree';
import { valueToSummary } from '../../ui/values/value-text';

type TrapAnswer = StudioReturns<'debug.trap'>;
type Trap = NonNullable<TrapAnswer['trap']>;

export function TrapTab() {
  const answer = useTrap();
  if (answer.state === 'loading') return <Progress label="Trap: looking for it" />;
  if (answer.state === 'failed')
    return <FaultView what="The trap could not be explained." fault={answer.fault} />;
  const { trap } = answer.value;
  if (trap === null) {
    return (
      <EmptyState icon="pass" title="No trap">
        This run does not end with a trap.
      </EmptyState>
    );
  }
  return <TrapView trap={trap} />;
}

function TrapView({ trap }: { trap: Trap }) {
  const { moveDebug } = useActions();
  const code = useStudio(({ debugStop }) => debugStop?.code ?? '');
  const [innermost] = trap.frames;
  return (
    <div className="detail-section">
      <div className="outcome-card outcome-trap" role="group" aria-label="Trap">
        <strong>{`trap: ${trap.reason}`}</strong>
        {trap.detail !== null && <q className="outcome-detail">{trap.detail}</q>}
        <p>{toSentence(trap.explanation)}</p>
        <p className="rollback">
          <Icon name="discard" /> {rollbackWords(trap)}
        </p>
      </div>
      <div>
        <Button
          icon="target"
          kind="primary"
          keys={debugKeys.beforeTrap}
          onClick={() => moveDebug({ kind: 'to trap' })}
        >
          Go to the instant before
        </Button>
      </div>
      <h3>Where</h3>
      <StackView stack={trap.frames} />
      {innermost !== undefined && (
        <Instruction code={code} index={innermost.function} offset={innermost.offset} />
      )}
      {trap.operands.length > 0 && (
        <>
          <h3>Operands, the topmost last</h3>
          <ol className="trap-operands">
            {trap.operands.map(({ index, type, value }) => (
              <li key={index}>
                <ValueText value={value} />
                <span className="type-mark">{type}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>Last import calls, the last one first</h3>
      {trap.imports.length === 0 ? (
        <p className="quiet">It had called no import.</p>
      ) : (
        <ol className="trap-imports" aria-label="Last import calls">
          {trap.imports.map(({ moment, call }) => (
            <li key={moment}>
              <button
                type="button"
                className="trap-import"
                title={`Go to the moment before it: ${moment.toLocaleString('en')}`}
                onClick={() => moveDebug({ kind: 'to count', count: moment })}
              >
                <ImportLine call={call} />
              </button>
            </li>
          ))}
        </ol>
      )}
      {trap.changes.length > 0 && (
        <>
          <h3>Written and rolled back</h3>
          <ul className="trap-changes">
            {trap.changes.map(({ key, before, after }) => (
              <li key={key} className="change-line">
                <span className="state-name">{key === '' ? '(empty key)' : key}</span>
                <span>
                  {before === null ? 'none' : valueToSummary(before.value ?? before.data.bytes, 40)}
                </span>
                <span className="quiet">→</span>
                <del>{after === null ? 'none' : valueToSummary(after.value ?? after.data.bytes, 40)}</del>
              </li>
            ))}
          </ul>
          {trap.changes.length < trap.changesTotal && (
            <p className="quiet">{`The first ${trap.changes.length} of ${trap.changesTotal.toLocaleString('en')}.`}</p>
          )}
        </>
      )}
    </div>
  );
}

/** The instruction as text. */
function Instruction({ code, index, offset }: { code: string; index: number; offset: number }) {
  const client = useClient();
  const [text, setText] = useState('');
  useEffect(() => {
    const asking = new AbortController();
    const read = async (): Promise<void> => {
      const found = await client.call('debug.lineOf', { code, function: index, offset }, asking.signal);
      if (!found.ok || found.value.line === null) return;
      const range = { start: Math.max(0, found.value.line - 2), count: 3 };
      const page = await client.call('debug.disassembly', { code, function: index, ...range }, asking.signal);
      if (page.ok)
        setText(page.value.rows.map((row) => `${row.offset === offset ? '▸' : ' '} ${row.text}`).join('\n'));
    };
    void read();
    return () => asking.abort();
  }, [client, code, index, offset]);
  return text === '' ? null : <pre className="trap-code">{text}</pre>;
}

function rollbackWords({ changesTotal, sends }: Trap): string {
  if (changesTotal === 0 && sends === 0)
    return 'It had written and sent nothing: nothing had to be rolled back.';
  const written = `${changesTotal.toLocaleString('en')} state ${changesTotal === 1 ? 'entry' : 'entries'}`;
  const sent = `${sends.toLocaleString('en')} queued ${sends === 1 ? 'message' : 'messages'}`;
  return `Rolled back: ${[...(changesTotal > 0 ? [written] : []), ...(sends > 0 ? [sent] : [])].join(' and ')}. The state is as before.`;
}

/** Of the session in front, edits included. */
function useTrap(): Answer<TrapAnswer> {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const whatIf = useStudio(({ debugStop }) => debugStop?.whatIf ?? 0);
  const of = `${session} ${whatIf}`;
  const [known, setKnown] = useState<{ readonly of: string; readonly answer: Answer<TrapAnswer> } | null>(
    null,
  );
  useEffect(() => {
    if (session === null) return undefined;
    const asking = new AbortController();
    void client.call('debug.trap', { session }, asking.signal).then((result) => {
      if (asking.signal.aborted) return;
      setKnown({
        of,
        answer: result.ok
          ? { state: 'ready', value: result.value }
          : { state: 'failed', fault: result.error },
      });
    });
    return () => asking.abort();
  }, [client, session, of]);
  return known?.of === of ? known.answer : loading;
}

const loading = { state: 'loading' } as const;
