/** What typing over bytes does now, in a line that is always there. */
import { Button } from '../Button';
import { offsetText } from './hex-rows';
import type { Typing } from './typed-bytes';

interface TypingBarProps {
  readonly typing: Typing | null;
  /** Of the cursor. */
  readonly address: number;
  /** Keys beside those for typing, in words. */
  readonly keys: string;
  readonly onPut: () => void;
  readonly onLeave: () => void;
}

export function TypingBar({ typing, address, keys, onPut, onLeave }: TypingBarProps) {
  if (typing === null) {
    return (
      <div className="typing-bar quiet">{`Enter types from 0x${offsetText(address)} on${keys === '' ? '' : ` · ${keys}`}`}</div>
    );
  }
  const { size } = typing.byPlace;
  const other = typing.as === 'hex' ? 'text' : 'digits';
  return (
    <div className="typing-bar" role="status">
      <span className="typing-words">
        {`Typing ${typing.as === 'hex' ? 'hex digits' : 'text'} · Tab types ${other}`}
      </span>
      <Button onClick={onLeave} title="Leaves the bytes as they are" keys="Escape">
        Leave
      </Button>
      <Button kind="primary" onClick={onPut} disabled={size === 0} title="Puts them in" keys="Enter">
        {size === 1 ? 'Put 1 byte' : `Put ${size} bytes`}
      </Button>
    </div>
  );
}
