/** One key of the state that a message changed: before and after, and what differs between them. */
import type { StateChange } from '../../../core/studio/protocol/world';
import type { WireData } from '../../../core/studio/protocol/wire';
import { DataPane } from '../values/DataPane';
import { DiffView } from '../values/DiffView';
import './receipts.css';

export function ChangeCard({ change, onShowKey }: { change: StateChange; onShowKey: () => void }) {
  const { key, before, after } = change;
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return (
    <section className={`change change-${kind}`} aria-label={`${key} ${kind}`}>
      <div className="change-head">
        <button type="button" className="link-button mono" title="Show in the state" onClick={onShowKey}>
          {key === '' ? '(empty key)' : key}
        </button>
        <span className={`badge change-mark-${kind}`}>{kind}</span>
      </div>
      <DiffView before={shownValue(before)} after={shownValue(after)} name={`Difference of ${key}`} />
      <details className="raw">
        <summary>Whole values</summary>
        {before !== null && (
          <>
            <h4>Before</h4>
            <DataPane data={before} name={`${key} before`} />
          </>
        )}
        {after !== null && (
          <>
            <h4>After</h4>
            <DataPane data={after} name={`${key} after`} />
          </>
        )}
      </details>
    </section>
  );
}

/** The value, or the bytes when they hold none. */
const shownValue = (data: WireData | null) => (data === null ? undefined : (data.value ?? data.data.bytes));
