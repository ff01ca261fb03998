/** What the bytes at a cursor are as numbers; where they can be changed, by typing another number. */
import { type KeyboardEvent, useState } from 'react';
import { offsetText } from './hex-rows';
import { type NumberType, numberToBytes, typedReads } from './typed-reads';

interface TypedReadsProps {
  readonly bytes: Uint8Array;
  readonly cursor: number;
  /** Address of the first byte. */
  readonly base: number;
  readonly onPut?: ((put: Uint8Array) => void) | undefined;
}

export function TypedReads({ bytes, cursor, base, onPut }: TypedReadsProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="typed-reads" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{`Numbers at 0x${offsetText(base + cursor)}`}</summary>
      {open && (
        <table>
          <thead>
            <tr>
              <th scope="col">type</th>
              <th scope="col">little-endian</th>
              <th scope="col">big-endian</th>
            </tr>
          </thead>
          <tbody>
            {typedReads(bytes, cursor).map(({ type, little, big }) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                <td>
                  {onPut === undefined ? (
                    little
                  ) : (
                    <NumberCell key={`${cursor} ${little}`} type={type} text={little} onPut={onPut} />
                  )}
                </td>
                <td>{big}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

interface NumberCellProps {
  readonly type: NumberType;
  readonly text: string;
  readonly onPut: (put: Uint8Array) => void;
}

function NumberCell({ type, text: before, onPut }: NumberCellProps) {
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <button type="button" title={`Put another ${type} here`} onClick={() => setText(before)}>
        {before}
      </button>
    );
  }
  const put = numberToBytes(type, text);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') setText(null);
    if (event.key !== 'Enter' || put === null) return;
    setText(null);
    onPut(put);
  };
  return (
    <input
      autoFocus
      aria-label={`Another ${type}`}
      aria-invalid={put === null}
      title={put === null ? `This is no ${type}` : 'Enter puts it in, Esc leaves what is there'}
      value={text}
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => setText(null)}
    />
  );
}
