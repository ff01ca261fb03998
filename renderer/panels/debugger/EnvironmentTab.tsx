/** The environment of the run as it is at this moment. */
import type { StudioReturns } from '../../../core/studio/protocol/studio';
import { useAtStop } from '../../store/debug/use-stop';
import { FaultView } from '../../ui/FaultView';
import { AddressLink } from '../../ui/links';
import { Progress } from '../../ui/Progress';
import { Fact, Facts } from '../../ui/receipts/Facts';
import { DataPane } from '../../ui/values/DataPane';
import { ValueText } from '../../ui/values/ValueTree';

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
  const { message, answers, reply } = environment;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <div className="detail-section">
      <h3>So far</h3>
      <Facts>
        <Fact name="Gas left">{`${count(environment.gasLeft)} of ${count(environment.gasLimit)}`}</Fact>
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
        <Fact name="Message">
          <code>{message.method}</code>
          {' to '}
          <AddressLink address={message.to} />
          {message.from === null ? ', a signal' : ' from '}
          {message.from !== null && <AddressLink address={message.from} />}
        </Fact>
        <Fact name="Time">{count(environment.time)}</Fact>
        <Fact name="Random seed">{String(environment.seed)}</Fact>
        <Fact name="Memory limit">{`${count(environment.pages)} pages of 64 KiB`}</Fact>
        <Fact name="Stack limit">{`${count(environment.stack)} slots of 8 bytes`}</Fact>
        <Fact name="Answers">
          {answers.length === 0
            ? 'none given by hand'
            : answers.map((answer, index) => (
                <div key={index}>
                  <code>{answer.import}</code>
                  {answer.call === undefined ? ' every time' : ` call ${answer.call}`} →{' '}
                  {'fail' in answer ? `fails: ${answer.fail}` : <ValueText value={answer.value} />}
                </div>
              ))}
        </Fact>
      </Facts>
    </div>
  );
}
