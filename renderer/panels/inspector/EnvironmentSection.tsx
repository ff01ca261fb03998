/** The environment that the run was given and left behind, recomputed by running the message again. */
import { usePast } from '../../store/context';
import type { WireEnvironment } from '../../store/past/past';
import { useAnswer } from '../../store/past/use-answer';
import { FaultView } from '../../ui/FaultView';
import { Progress } from '../../ui/Progress';
import type { ReceiptDetail } from '../../../core/studio/protocol/world';
import { DataPane } from '../../ui/values/DataPane';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { GivenFacts } from '../../ui/receipts/GivenFacts';
import { LogLines } from '../../ui/receipts/LogLines';

export function EnvironmentSection({ detail: { row, outcome } }: { detail: ReceiptDetail }) {
  const { environment } = usePast();
  const answer = useAnswer(environment, row.index);
  if (answer.state === 'loading') return <Progress label="Environment: loading" />;
  if (answer.state === 'ready') return <EnvironmentView environment={answer.value} />;
  if (outcome.kind === 'rejected') {
    return (
      <div className="detail-section">
        <p className="quiet">The message never ran: no environment was made for it.</p>
      </div>
    );
  }
  return (
    <FaultView
      what="The environment could not be computed again."
      fault={answer.fault}
      onRetry={() => environment.retry(row.index)}
    />
  );
}

function EnvironmentView({ environment }: { environment: WireEnvironment }) {
  const { reply } = environment;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <div className="detail-section">
      <h3>Given to it</h3>
      <Facts>
        <GivenFacts given={environment} />
      </Facts>
      <h3>Left behind</h3>
      <Facts>
        <Fact name="Gas used">{count(environment.gasUsed)}</Fact>
        <Fact name="State writes">{count(environment.writes)}</Fact>
        <Fact name="Sends">{count(environment.sends)}</Fact>
        <Fact name="Random drawn">{`${count(environment.randomDrawn)} times`}</Fact>
      </Facts>
      {reply !== null && (
        <>
          <h3>Reply</h3>
          <DataPane data={reply} name="Reply" />
        </>
      )}
      {environment.logs.length > 0 && (
        <>
          <h3>Logs</h3>
          <LogLines lines={environment.logs} />
        </>
      )}
    </div>
  );
}
