/** A local, an operand or a global in a line, and the field in which it is changed. */
import { type KeyboardEvent, useState } from 'react';
import { useActions, useStudioContext } from '../../store/context';
import type { MadeEdit } from '../../store/debug/edits';
import { IconButton } from '../../ui/IconButton';
import { ValueText } from '../../ui/values/ValueTree';
import { parseValue } from '../../ui/values/parse-value';
import { valueToText } from '../../ui/values/value-text';
import type { ValueKind, ValueRow } from './values-tree';

interface ValueLineProps {
  readonly of: ValueKind;
  readonly row: ValueRow;
  /** That gave it the value it has. */
  readonly edit: MadeEdit | undefined;
  readonly onEdit: () => void;
  readonly onAsk: () => void;
}

export function ValueLine({ of, row, edit, onEdit, onAsk }: ValueLineProps) {
  const { undoEdit } = useActions();
  const { index, name, changed, bits } = row;
  const { type, value } = row.source ?? row;
  return (
    <span
      className={`value-line${changed ? ' is-changed' : ''}${edit === undefined ? '' : ' is-edited'}`}
      title={`0x${bits.toString(16)}`}
    >
      <span className="value-label">{name ?? `${unnamed[of]}${index}`}</span>
      <ValueText value={value} more={row.source?.more ?? 0} />
      {edit !== undefined && <span className="value-by-hand">by hand</span>}
      {changed && edit === undefined && <span className="value-changed">changed</span>}
      <span className="value-type">{type}</span>
      <span className="value-acts">
        {edit !== undefined && (
          <IconButton
            icon="discard"
            label="Undo the change by hand"
            keys="KeyU"
            onClick={() => void undoEdit(edit.id)}
          />
        )}
        {of !== 'operands' && (
          <IconButton icon="history" label="When did it change?" keys="KeyH" onClick={onAsk} />
        )}
        <IconButton icon="edit" label="Change it: what would have been?" keys="Enter" onClick={onEdit} />
      </span>
    </span>
  );
}

interface ValueFieldProps {
  readonly of: ValueKind;
  readonly row: ValueRow;
  readonly onDone: () => void;
}

/** Another value in place of one: from there on the session shows what would have been. */
export function ValueField({ of, row, onDone }: ValueFieldProps) {
  const { store } = useStudioContext();
  const { editDebug, notifyFault } = useActions();
  const [text, setText] = useState(valueToText(row.value));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    const list = event.currentTarget.closest<HTMLElement>('[role="tree"]');
    if (event.key === 'Enter') {
      const value = parseValue(text);
      if (!value.ok) {
        notifyFault('That is no value', value.error);
        return;
      }
      const { index } = row;
      const frame = store.getState().debugFrame.index;
      void editDebug(
        of === 'globals'
          ? { kind: 'global', index, value: value.value }
          : { kind: of === 'locals' ? 'local' : 'operand', frame, index, value: value.value },
      );
    }
    onDone();
    list?.focus();
  };
  return (
    <span className="value-line">
      <span className="value-label">{row.name ?? `${unnamed[of]}${row.index}`}</span>
      <input
        autoFocus
        className="value-edit"
        aria-label="New value"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onDone}
      />
    </span>
  );
}

const unnamed: Readonly<Record<ValueKind, string>> = { locals: '$', operands: '', globals: 'global ' };
