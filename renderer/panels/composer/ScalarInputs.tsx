/** Inputs of types that are written as one text. */
import { textToBytes } from '../../../core/base/bytes';
import { bytesToHexText, bytesToReadableText, parseHex } from '../../ui/values/bytes-text';
import type { Draft } from './draft';
import type { InputProps } from './FieldView';
import type { Type } from './type';

export function TextInput({ type, draft, onChange, id, faultId }: InputProps) {
  const shared = {
    id,
    value: draft.kind === 'text' ? draft.text : '',
    placeholder: placeholders[type.kind] ?? '',
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': faultId !== undefined,
    'aria-describedby': faultId,
    onChange: (event: { target: { value: string } }) => onChange({ kind: 'text', text: event.target.value }),
  };
  if (type.kind === 'integer' || type.kind === 'float') {
    return (
      <input
        {...shared}
        className="text-input mono"
        inputMode={type.kind === 'float' ? 'decimal' : 'numeric'}
      />
    );
  }
  return (
    <textarea {...shared} rows={1} className={`text-input grows${type.kind === 'value' ? ' mono' : ''}`} />
  );
}

export function BytesInput({ draft, onChange, id, faultId }: InputProps) {
  const current = draft.kind === 'bytes' ? draft : ({ kind: 'bytes', form: 'hex', text: '' } as const);
  return (
    <div className="bytes-input">
      <select
        aria-label="Bytes written as"
        value={current.form}
        onChange={(event) => onChange(inForm(current, event.target.value === 'text' ? 'text' : 'hex'))}
      >
        <option value="hex">hex</option>
        <option value="text">text</option>
      </select>
      <textarea
        id={id}
        rows={1}
        className="text-input grows mono"
        value={current.text}
        placeholder={current.form === 'hex' ? '0x00ff' : 'text, as UTF-8'}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={faultId !== undefined}
        aria-describedby={faultId}
        onChange={(event) => onChange({ ...current, text: event.target.value })}
      />
    </div>
  );
}

/** The same bytes in the other form, where they can be written in it; else the text stays as it was typed. */
function inForm(draft: Draft & { kind: 'bytes' }, form: 'hex' | 'text'): Draft {
  if (draft.form === form || draft.text === '') return { ...draft, form };
  if (form === 'hex') return { kind: 'bytes', form, text: bytesToHexText(textToBytes(draft.text)) };
  const bytes = parseHex(draft.text);
  return {
    kind: 'bytes',
    form,
    text: (bytes.ok ? bytesToReadableText(bytes.value) : undefined) ?? draft.text,
  };
}

const placeholders: Partial<Readonly<Record<Type['kind'], string>>> = {
  integer: '0',
  float: '0.0',
  value: '{ amount: 1 }',
};
