/** One import call in full: what went in, what came out, and the bytes of the memory on both sides. */
import type { ImportCallRow } from '../../../core/studio/protocol/world';
import { offsetText } from '../values/hex-rows';
import { DataPane } from '../values/DataPane';
import { ValueText, ValueTree } from '../values/ValueTree';
import { Fact, Facts } from './Facts';
import { StackView } from './StackView';
import './receipts.css';

export function ImportDetail({ call }: { call: ImportCallRow }) {
  return (
    <section className="import-detail" aria-label={`Import call ${call.index}`}>
      <h3>
        <code>{`${call.set}.${call.name}`}</code>
        <span className="quiet">{` call ${call.index}`}</span>
      </h3>
      {call.refused !== null && (
        <p className="refusal" role="note">
          <span className="codicon codicon-error" aria-hidden /> {`The call ended the run: ${call.refused}`}
        </p>
      )}
      {call.args.map((arg, index) => (
        <div key={index} className="named-value">
          <div className="value-head">{arg.name}</div>
          <ValueTree value={arg.value} name={arg.name} />
          {arg.read !== null && (
            <details className="raw">
              <summary>{`read at 0x${offsetText(arg.read.pointer)}`}</summary>
              <DataPane data={arg.read} base={arg.read.pointer} name={`Bytes of ${arg.name}`} />
            </details>
          )}
        </div>
      ))}
      <Facts>
        <Fact name="Result">
          {call.result === null ? 'none' : <ValueText value={call.result} />}
          {call.answered && <span className="badge">answered by hand</span>}
        </Fact>
        <Fact name="Gas left">{call.gasLeft.toLocaleString('en')}</Fact>
      </Facts>
      {call.written !== null && (
        <div className="named-value">
          <div className="value-head">{`written at 0x${offsetText(call.written.pointer)}`}</div>
          <DataPane data={call.written} base={call.written.pointer} name="Bytes written" />
        </div>
      )}
      {call.stack.length > 0 && (
        <details className="raw" open={call.name === 'stackTrace'}>
          <summary>called from</summary>
          <StackView stack={call.stack} />
        </details>
      )}
    </section>
  );
}
