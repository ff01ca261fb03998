/** Words that lead to what they name: a receipt, a kernel, a line of source. */
import { useActions } from '../store/context';
import type { SourcePlace } from '../store/documents';
import './ui.css';

export function ReceiptLink({ index, kernel }: { index: number; kernel?: string }) {
  const { selectReceipt } = useActions();
  return (
    <button type="button" className="link-button mono" onClick={() => selectReceipt(index, kernel)}>
      {`#${index}`}
    </button>
  );
}

export function AddressLink({ address }: { address: string }) {
  const { selectKernel } = useActions();
  return (
    <button type="button" className="link-button mono" onClick={() => selectKernel(address)}>
      {address}
    </button>
  );
}

export function SourceLink({ position }: { position: SourcePlace }) {
  const { openSource } = useActions();
  const { file, line, column } = position;
  return (
    <button type="button" className="link-button mono" onClick={() => openSource(position)}>
      {[file, line, column].filter((part) => part !== undefined).join(':')}
    </button>
  );
}
