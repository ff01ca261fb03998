/** What became of the message: its reply, or what went wrong, where, and what that undid. */
import type { WireOutcome } from '../../../core/studio/protocol/wire';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { useActions } from '../../store/context';
import { Button } from '../../ui/Button';
import { debugKeys } from '../../ui/debug-keys';
import { SourceLink } from '../../ui/links';
import { DataPane } from '../../ui/values/DataPane';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { StackView } from '../../ui/receipts/StackView';
import { outcomeWords } from './outcome-words';

export function OutcomeSection({ detail }: { detail: ReceiptDetail }) {
  const { outcome } = detail;
  const words = outcomeWords(detail);
  return (
    <div className="detail-section">
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
      {outcome.kind === 'trap' && <TrapPlace trap={outcome} receipt={detail.row.index} />}
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

interface TrapPlaceProps {
  readonly trap: WireOutcome & { readonly kind: 'trap' };
  readonly receipt: number;
}

function TrapPlace({ trap, receipt }: TrapPlaceProps) {
  const { openDebug } = useActions();
  if (trap.stack.length === 0) {
    return <p className="quiet">Where it happened is not known: it was not at an instruction of the code.</p>;
  }
  return (
    <>
      <div>
        <Button
          icon="debug-alt"
          keys={debugKeys.beforeTrap}
          onClick={() => void openDebug(receipt, { kind: 'trap' })}
        >
          Go to the instant before
        </Button>
      </div>
      {trap.source?.file !== undefined && (
        <Facts>
          <Fact name="Source">
            <SourceLink place={{ ...trap.source, file: trap.source.file }} />
          </Fact>
        </Facts>
      )}
      <h3>Calls that led there</h3>
      <StackView stack={trap.stack} />
      {trap.stack.every(({ source }) => source === null) && (
        <p className="quiet">Lines of source are not known: the code carries no source map.</p>
      )}
    </>
  );
}
