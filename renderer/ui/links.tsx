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

interface SourceLinkProps {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export function SourceLink({ file, line, column }: SourceLinkProps) {
  const { openSource } = useActions();
  const open = (): void =>
    openSource({
      file,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    });
  return (
    <button type="button" className="link-button mono" title="Open in the editor" onClick={open}>
      {[file, line, column].filter((part) => part !== undefined).join(':')}
    </button>
  );
}
