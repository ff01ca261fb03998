/** The value of the chosen key, in all its forms; a level shows its name only. */
import { bytesToHex } from '../../../core/base/bytes';
import { ok } from '../../../core/base/result';
import { useClient, usePast } from '../../store/context';
import { useAnswer } from '../../store/past/use-answer';
import { FaultView } from '../../ui/FaultView';
import { Progress } from '../../ui/Progress';
import { CopyButtons } from '../../ui/values/CopyButtons';
import { DataPane } from '../../ui/values/DataPane';
import { bytesToHexText, bytesToReadableText } from '../../ui/values/bytes-text';

interface StateValueProps {
  readonly kernel: string;
  readonly at: number;
  /** Of a level it ends with `/`. */
  readonly stateKey: Uint8Array;
}

export function StateValue({ kernel, at, stateKey }: StateValueProps) {
  const client = useClient();
  const { value } = usePast();
  const question = { address: kernel, at, key: stateKey };
  const answer = useAnswer(value, question);
  const text = bytesToReadableText(stateKey);
  const isLevel = stateKey.at(-1) === 0x2f;
  return (
    <section className="state-value" aria-label="Selected value">
      <header className="state-value-head">
        <span className="mono">{text ?? bytesToHexText(stateKey)}</span>
        <CopyButtons
          label="Copy key as"
          forms={[
            ...(text === undefined ? [] : [{ name: 'text', text: () => text }]),
            { name: 'hex', text: () => bytesToHexText(stateKey) },
          ]}
        />
      </header>
      {answer.state === 'loading' && <Progress label="Value: loading" />}
      {answer.state === 'failed' && (
        <FaultView
          what="The value could not be read."
          fault={answer.fault}
          onRetry={() => value.retry(question)}
        />
      )}
      {answer.state === 'ready' && answer.value === null && (
        <p className="quiet">
          {isLevel
            ? 'A level: it holds keys, and no value of its own.'
            : 'There is no such key in this version.'}
        </p>
      )}
      {answer.state === 'ready' && answer.value !== null && (
        <DataPane
          key={bytesToHex(stateKey)}
          data={answer.value}
          name="Value"
          loadFrom={async (offset) => {
            const part = await client.call('world.value', { kernel, at, key: stateKey, offset });
            return part.ok ? ok(part.value.value) : part;
          }}
        />
      )}
    </section>
  );
}
