/** What became of the message: its reply, or what went wrong, where, and what that undid. */
import type { WireOutcome } from '../../../core/studio/protocol/wire';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { SourceLink } from '../../ui/links';
import { DataPane } from '../../ui/values/DataPane';
import { Fact, Facts } from './Facts';
import { outcomeWords } from './outcome-words';

export function OutcomeSection({ detail }: { detail: ReceiptDetail }) {
  const { outcome } = detail;
  const words = outcomeWords(detail);
  return (
    <div className="inspector-section">
      <div className={`outcome-card outcome-${outcome.kind}`} role="group" aria-label="Outcome">
        <strong>{words.title}</strong>
        {outcome.kind === 'trap' && outcome.detail !== null && (
          <q className="outcome-detail">{outcome.detail}</q>
        )}
        <p>{words.meaning}</p>
        {words.remedy !== null && <p className="remedy">{words.remedy}</p>}
        {words.rollback !== null && (
          <p className="rollback">
            <span className="codicon codicon-discard" aria-hidden /> {words.rollback}
          </p>
        )}
      </div>
      {outcome.kind === 'trap' && <TrapPlace trap={outcome} />}
      {outcome.kind === 'ok' && (
        <>
          <h3>Reply</h3>
          {outcome.reply === null ? (
            <p className="quiet">It replied nothing.</p>
          ) : (
            <DataPane data={outcome.reply} name="Reply" />
          )}
        </>
      )}
      <Facts>
        <Fact name="State before">
          {detail.before === null ? 'no such kernel' : <span className="cid">{detail.before}</span>}
        </Fact>
        <Fact name="State after">
          {detail.after === detail.before ? (
            'the same'
          ) : detail.after === null ? (
            'no such kernel'
          ) : (
            <span className="cid">{detail.after}</span>
          )}
        </Fact>
      </Facts>
    </div>
  );
}

function TrapPlace({ trap }: { trap: WireOutcome & { readonly kind: 'trap' } }) {
  if (trap.position === null && trap.source === null) {
    return <p className="quiet">Where it happened is not known: it was not at an instruction of the code.</p>;
  }
  return (
    <Facts>
      {trap.source?.file !== undefined && (
        <Fact name="Source">
          {isLibrary(trap.source.file) ? (
            <code>{`${trap.source.file}:${trap.source.line}`}</code>
          ) : (
            <SourceLink place={{ ...trap.source, file: trap.source.file }} />
          )}
        </Fact>
      )}
      {trap.position !== null && (
        <>
          <Fact name="Function">
            <code>{trap.position.functionName ?? `function ${trap.position.function}`}</code>
          </Fact>
          <Fact name="Offset">
            <code>{`0x${trap.position.offset.toString(16)}`}</code>
            <span className="quiet"> in the wasm code</span>
          </Fact>
        </>
      )}
      {trap.source === null && <Fact name="Source">not known: the code carries no source map</Fact>}
    </Facts>
  );
}

/** Sources that come with the compiler are in no folder of the workspace. */
const isLibrary = (file: string): boolean => file.startsWith('~');
