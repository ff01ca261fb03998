/** The environment of the run as it is at this moment. */
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { useAtStop } from '../../store/debug/use-stop';
import { FaultView } from '../../ui/FaultView';
import { Progress } from '../../ui/Progress';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { GivenFacts } from '../../ui/receipts/GivenFacts';
import { DataPane } from '../../ui/values/DataPane';

type Environment = StudioReturns<'debug.environment'>;

export function EnvironmentTab() {
  const answer = useAtStop('environment', ({ client, session, signal }) =>
    client.call('debug.environment', { session }, signal),
  );
  if (answer === null || answer.state === 'loading') return <Progress label="Environment: loading" />;
  if (answer.state === 'failed') {
    return <FaultView what="The environment could not be read." fault={answer.fault} />;
  }
  return <EnvironmentView environment={answer.value} />;
}

function EnvironmentView({ environment }: { environment: Environment }) {
  const { reply } = environment;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <div className="detail-section">
      <h3>So far</h3>
      <Facts>
        <Fact name="Gas left">{count(environment.gasLeft)}</Fact>
        <Fact name="State writes">{count(environment.writes)}</Fact>
        <Fact name="Sends">{count(environment.sends)}</Fact>
        <Fact name="Logs">{count(environment.logs)}</Fact>
        <Fact name="Import calls">{count(environment.importCalls)}</Fact>
        <Fact name="Random drawn">{`${count(environment.randomDrawn)} times`}</Fact>
      </Facts>
      <h3>Reply</h3>
      {reply === null ? <p className="quiet">None yet.</p> : <DataPane data={reply} name="Reply" />}
      <h3>Given to it</h3>
      <Facts>
        <GivenFacts given={environment} />
      </Facts>
    </div>
  );
}
