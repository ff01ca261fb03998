/** The field of one parameter, by its type; fields of what a type holds are nested in it. */
import { type ReactNode, createContext, use, useId } from 'react';
import { type Draft, emptyDraft, maxFieldDepth } from './draft';
import { type FieldFaults, type Place, fieldPlace } from './draft-to-value';
import { BytesInput, TextInput } from './ScalarInputs';
import { FieldsInput, ListInput } from './ContainerInputs';
import { type Type, typeToText } from './type';

/** What is wrong in the form, and whether what is merely empty counts as wrong by now. */
export const FaultsContext = createContext<{ readonly faults: FieldFaults; readonly strict: boolean }>({
  faults: new Map(),
  strict: false,
});

export interface FieldProps {
  readonly type: Type;
  readonly draft: Draft;
  readonly place: Place;
  readonly onChange: (draft: Draft) => void;
}

/** A field with its name, type and fault. */
export function FieldView({ name, tools, ...field }: FieldProps & { name: string; tools?: ReactNode }) {
  const id = useId();
  const { faults, strict } = use(FaultsContext);
  const fault = faults.get(field.place.path);
  const shown = fault !== undefined && (strict || fault.code !== 'empty-field') ? fault : undefined;
  return (
    <div className="field" data-path={field.place.path}>
      <div className="field-head">
        <label htmlFor={id} className="field-name">
          {name}
        </label>
        <span className="field-type">{typeToText(field.type)}</span>
        {tools}
      </div>
      {field.type.kind === 'value' && field.type.note !== null && (
        <div className="field-note">{field.type.note}</div>
      )}
      <FieldInput {...field} id={id} faultId={shown === undefined ? undefined : `${id}-fault`} />
      {shown !== undefined && (
        <div id={`${id}-fault`} role="alert" className="field-fault">
          {shown.message}
          {shown.remedy !== undefined && <span className="field-remedy">{shown.remedy}</span>}
        </div>
      )}
    </div>
  );
}

export interface InputProps extends FieldProps {
  readonly id: string;
  /** The element that says what is wrong with it. */
  readonly faultId: string | undefined;
}

function FieldInput(props: InputProps) {
  const { type, draft, place, onChange, id } = props;
  if (place.depth > maxFieldDepth) return <TextInput {...props} type={{ kind: 'value', note: null }} />;
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'string':
    case 'value':
      return <TextInput {...props} />;
    case 'bytes':
      return <BytesInput {...props} />;
    case 'bool': {
      const on = draft.kind === 'bool' && draft.on;
      return (
        <span className="field-check">
          <input
            id={id}
            type="checkbox"
            checked={on}
            onChange={(event) => onChange({ kind: 'bool', on: event.target.checked })}
          />
          {String(on)}
        </span>
      );
    }
    case 'list':
      return <ListInput {...props} of={type.of} FieldView={FieldView} />;
    case 'record':
      return <FieldsInput {...props} type={type} FieldView={FieldView} />;
    case 'option':
      return <OptionInput {...props} of={type.of} />;
    case 'result':
      return <ResultInput {...props} type={type} />;
  }
}

function OptionInput({ draft, of, place, onChange, id }: InputProps & { of: Type }) {
  const { some, of: kept } = draft.kind === 'option' ? draft : { some: false, of: null };
  const inner = { ...place, depth: place.depth + 1 };
  const turn = (on: boolean): void =>
    onChange({ kind: 'option', some: on, of: kept ?? emptyDraft(of, place.records, inner.depth) });
  return (
    <>
      <span className="field-check">
        <input id={id} type="checkbox" checked={some} onChange={(event) => turn(event.target.checked)} />
        {some ? 'has a value' : 'null'}
      </span>
      {some && kept !== null && (
        <div className="field-nest">
          <FieldInput
            type={of}
            draft={kept}
            place={inner}
            onChange={(next) => onChange({ kind: 'option', some, of: next })}
            id={`${id}-of`}
            faultId={undefined}
          />
        </div>
      )}
    </>
  );
}

function ResultInput({ draft, type, place, onChange, id }: InputProps & { type: Type & { kind: 'result' } }) {
  const current =
    draft.kind === 'result' ? draft : { kind: 'result' as const, side: 'ok' as const, ok: null, err: null };
  const inner = current[current.side];
  const innerType = type[current.side];
  return (
    <>
      <select
        id={id}
        value={current.side}
        onChange={(event) => onChange({ ...current, side: event.target.value === 'ok' ? 'ok' : 'err' })}
      >
        <option value="ok">ok</option>
        <option value="err">err</option>
      </select>
      {inner !== null && innerType !== null && (
        <div className="field-nest">
          <FieldView
            name={current.side}
            type={innerType}
            draft={inner}
            place={fieldPlace(place, current.side)}
            onChange={(next) => onChange({ ...current, [current.side]: next })}
          />
        </div>
      )}
    </>
  );
}
