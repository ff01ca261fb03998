import type { Fault } from '../../core/base/fault';
import { Button } from './Button';
import { Icon } from './Icon';
import { toSentence } from './sentence';
import './ui.css';

interface FaultViewProps {
  readonly fault: Fault;
  /** What could not be done: `The file could not be read`. */
  readonly what?: string;
  readonly onRetry?: () => void;
}

/** What went wrong, what to do about it, and the code to look it up by. */
export function FaultView({ fault, what, onRetry }: FaultViewProps) {
  return (
    <div className="fault-view selectable" role="alert">
      <Icon name="error" className="fault-icon" />
      <div className="fault-words">
        {what !== undefined && <div className="fault-what">{what}</div>}
        <div>{toSentence(fault.message)}</div>
        {fault.remedy !== undefined && <div className="fault-remedy">{toSentence(fault.remedy)}</div>}
        <div className="fault-foot">
          <code>{fault.code}</code>
          {onRetry !== undefined && (
            <Button icon="refresh" onClick={onRetry}>
              Try again
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
