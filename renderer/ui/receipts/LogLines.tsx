/** What a run logged, line by line, as the contract wrote it. */
import './receipts.css';

export const LogLines = ({ lines }: { lines: readonly string[] }) => (
  <ol className="log-lines">
    {lines.map((line, index) => (
      <li key={index}>{line === '' ? ' ' : line}</li>
    ))}
  </ol>
);
