import type { WireValue } from '../../../core/studio/protocol/wire';
import { entriesOf } from '../values/value-kind';
import { ValueTree } from '../values/ValueTree';
import './receipts.css';

interface NamedValue {
  readonly name: string;
  readonly type: string;
  readonly value: WireValue;
}

/** Values by name and type: arguments, as the interface of the code declares them. */
export const NamedValues = ({ values }: { values: readonly NamedValue[] }) => (
  <dl className="named-values">
    {values.map(({ name, type, value }, index) => (
      <div key={index} className={`named-value${entriesOf(value).length === 0 ? ' is-scalar' : ''}`}>
        <dt>
          {name}
          <span className="type-mark">{type}</span>
        </dt>
        <dd>
          <ValueTree value={value} name={name} />
        </dd>
      </div>
    ))}
  </dl>
);
