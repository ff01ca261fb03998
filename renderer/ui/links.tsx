/** Words that lead to what they name: a receipt, a kernel, a line of source. */
import { useActions } from '../store/context';
import type { SourcePlace } from '../store/document-view';
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

export function SourceLink({ place }: { place: SourcePlace }) {
  const { openSource } = useActions();
  return (
    <button
      type="button"
      className="link-button mono"
      title="Open in the editor"
      onClick={() => openSource(place)}
    >
      {[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}
    </button>
  );
}
