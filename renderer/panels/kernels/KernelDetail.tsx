/** What a kernel is bound to, and the methods that it takes, each with its words. */
import { useKernel } from '../../store/past/use-kernel';
import { useSteadyLength } from '../../store/use-steady-length';
import { FaultView } from '../../ui/FaultView';
import { IconButton } from '../../ui/IconButton';
import { Progress } from '../../ui/Progress';
import type { WireInterface } from '../../../core/studio/protocol/wire';

interface KernelDetailProps {
  readonly address: string;
  readonly onCompose: (method: string) => void;
}

export function KernelDetail({ address, onCompose }: KernelDetailProps) {
  const answer = useKernel(address, useSteadyLength());
  return (
    <section className="kernel-detail" aria-label="Selected kernel">
      {answer.state === 'loading' && <Progress label={`${address}: loading`} />}
      {answer.state === 'failed' && <FaultView what={`${address} could not be read.`} fault={answer.fault} />}
      {answer.state === 'ready' && (
        <>
          <header className="kernel-head">
            <span className="mono">{address}</span>
            <span className="quiet">
              {answer.value.kernel.codeName ?? (answer.value.kernel.code === null ? 'no code' : '')}
            </span>
          </header>
          {answer.value.interface === null ? (
            <p className="quiet">
              {answer.value.kernel.code === null
                ? 'Without code it passes messages on to the kernels below it.'
                : 'Its code describes no interface.'}
            </p>
          ) : (
            <Methods contract={answer.value.interface} onCompose={onCompose} />
          )}
        </>
      )}
    </section>
  );
}

function Methods({ contract, onCompose }: { contract: WireInterface; onCompose: (method: string) => void }) {
  return (
    <>
      {contract.doc !== undefined && <p className="kernel-doc">{contract.doc}</p>}
      <ul className="methods" aria-label="Methods">
        {contract.methods.map(({ name, params, result, doc }) => (
          <li key={name} className="method">
            <div className="method-line">
              <code>
                <span className="method-name">{name}</span>
                {`(${params.map((param) => `${param.name}: ${param.type}`).join(', ')})`}
                {result !== null && <span className="quiet">{` → ${result}`}</span>}
              </code>
              <IconButton icon="send" label={`Write a signal to ${name}`} onClick={() => onCompose(name)} />
            </div>
            {doc !== undefined && <p className="method-doc">{doc}</p>}
          </li>
        ))}
      </ul>
      {contract.methods.length === 0 && <p className="quiet">It has no methods.</p>}
    </>
  );
}
