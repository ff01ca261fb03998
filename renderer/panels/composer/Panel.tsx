/** Writes a signal: to which kernel, which method, a field for each argument; and sends it. */
import { type KeyboardEvent, useId } from 'react';
import type { Fault } from '../../../core/base/fault';
import { useStudio } from '../../store/context';
import { Button } from '../../ui/Button';
import { FaultView } from '../../ui/FaultView';
import { AddressInput } from './AddressInput';
import { ArgumentFields } from './ArgumentFields';
import { Combobox } from './Combobox';
import { SentList } from './SentList';
import { addressProblem } from './address-text';
import { methodSignature } from './method-form';
import { useComposer } from './use-composer';
import './composer.css';

export default function ComposerPanel() {
  const composer = useComposer();
  const connected = useStudio(({ connection }) => connection.kind === 'connected');
  const { signal, change, contract, kernel, attempted, refused, sending } = composer;
  const methods = contract?.methods ?? [];
  const described = methods.find(({ name }) => name === signal.method);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void composer.send();
  };
  return (
    <form
      className="composer"
      aria-label="Signal"
      onKeyDown={onKeyDown}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="composer-fields">
        <LabelledRow label="To" fault={addressFault(composer)}>
          {(faultId) => (
            <AddressInput value={signal.to} faultId={faultId} onChange={(to) => change({ ...signal, to })} />
          )}
        </LabelledRow>
        <LabelledRow label="Method" fault={refused.method ?? methodFault(signal.method, attempted)}>
          {(faultId) => (
            <Combobox
              label="Method"
              value={signal.method}
              placeholder={methods[0]?.name ?? 'transfer'}
              suggestions={methods.map((method) => ({
                text: method.name,
                hint: methodSignature(method).slice(method.name.length),
              }))}
              faultId={faultId}
              onChange={(method) => change({ ...signal, method })}
            />
          )}
        </LabelledRow>
        {described?.doc !== undefined && <p className="composer-doc">{described.doc}</p>}
        {kernel.state !== 'loading' && signal.method !== '' && <ArgumentFields composer={composer} />}
        <LabelledRow label="Gas limit" fault={composer.gasFault}>
          {(faultId) => (
            <input
              className="text-input mono"
              aria-label="Gas limit"
              inputMode="numeric"
              value={signal.gas}
              placeholder="the limit of the world"
              aria-invalid={faultId !== undefined}
              aria-describedby={faultId}
              onChange={(event) => change({ ...signal, gas: event.target.value })}
            />
          )}
        </LabelledRow>
        {refused.form !== null && <FaultView what="The signal was not sent." fault={refused.form} />}
        <SentList composer={composer} />
      </div>
      <footer className="composer-foot">
        <span className="quiet" role="status">
          {footWords(composer)}
        </span>
        <Button
          kind="primary"
          icon="send"
          keys="$mod+Enter"
          disabled={sending || !connected}
          onClick={() => void composer.send()}
        >
          Send
        </Button>
      </footer>
    </form>
  );
}

interface LabelledRowProps {
  readonly label: string;
  readonly fault: Pick<Fault, 'message' | 'remedy'> | null;
  /** Given the id of the element that says what is wrong, when something is. */
  readonly children: (faultId: string | undefined) => React.ReactNode;
}

function LabelledRow({ label, fault, children }: LabelledRowProps) {
  const id = useId();
  return (
    <div className="field labelled-row">
      <div className="field-head" aria-hidden>
        <span className="field-title">{label}</span>
      </div>
      {children(fault === null ? undefined : id)}
      {fault !== null && (
        <div id={id} role="alert" className="field-fault">
          {fault.message}
          {fault.remedy !== undefined && <span className="field-remedy">{fault.remedy}</span>}
        </div>
      )}
    </div>
  );
}

type Composer = ReturnType<typeof useComposer>;

function addressFault({
  signal,
  kernel,
  attempted,
  refused,
}: Composer): Pick<Fault, 'message' | 'remedy'> | null {
  if (refused.address !== null) return refused.address;
  const problem = addressProblem(signal.to);
  if (problem !== null) return signal.to === '' && !attempted ? null : { message: problem };
  return kernel.state === 'failed' ? kernel.fault : null;
}

const methodFault = (method: string, attempted: boolean): { message: string } | null =>
  method === '' && attempted ? { message: 'a method is missing' } : null;

function footWords({ sending, awaited, sent, attempted, fieldFaults, form }: Composer): string {
  if (sending) return 'Sending…';
  if (awaited !== null) return `${awaited.method} to ${awaited.to} is on its way…`;
  if (attempted && fieldFaults.size > 0) {
    return form === null
      ? 'The arguments are no value yet'
      : `${fieldFaults.size} field${fieldFaults.size === 1 ? '' : 's'} to mend`;
  }
  const [latest] = sent;
  if (latest === undefined) return '';
  return latest.receipt === null ? 'Sent, not delivered yet' : `Sent as #${latest.receipt}`;
}
