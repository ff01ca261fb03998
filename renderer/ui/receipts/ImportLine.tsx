/** One import call in a line: its name, what went in and what came out. */
import type { ImportCallRow } from '../../../core/studio/protocol/world';
import { ValueText } from '../values/ValueTree';
import { valueToSummary } from '../values/value-text';
import './receipts.css';

export function ImportLine({ call }: { call: ImportCallRow }) {
  const { index, set, name, args, result, answered, refused } = call;
  return (
    <span className={`import-row${refused === null ? '' : ' is-refused'}`}>
      <span className="import-index">{index}</span>
      <span className="import-name">
        <span className="import-set">{set}.</span>
        {name}
      </span>
      <span className="import-args">{`(${args.map(({ value }) => valueToSummary(value, 32)).join(', ')})`}</span>
      {answered && <span className="badge">answered</span>}
      {refused === null ? (
        result !== null && (
          <span className="import-result">
            {'→ '}
            <ValueText value={result} limit={24} />
          </span>
        )
      ) : (
        <span className="badge refusal">ended the run</span>
      )}
    </span>
  );
}
