/** Inputs of types that hold others: items to add, move and remove, and fields by name. */
import type { ComponentType, ReactNode } from 'react';
import { type DraftItem, emptyDraft, withItemAdded, withItemMoved } from './draft';
import { fieldsOf, itemPlace } from './draft-to-value';
import type { FieldProps, InputProps } from './FieldView';
import type { Type } from './type';

/** Handed in, because fields hold containers and containers hold fields. */
type FieldComponent = ComponentType<FieldProps & { name: string; tools?: ReactNode }>;

interface ListInputProps extends InputProps {
  readonly of: Type;
  readonly FieldView: FieldComponent;
}

export function ListInput({ draft, of, place, onChange, id, FieldView }: ListInputProps) {
  const items = draft.kind === 'items' ? draft.items : [];
  const change = (next: readonly DraftItem[]): void => onChange({ kind: 'items', items: next });
  return (
    <div id={id} className="field-nest" role="group" aria-label={`items of ${place.path}`}>
      {items.map((item, index) => (
        <FieldView
          key={item.id}
          name={`[${index}]`}
          type={of}
          draft={item.draft}
          place={itemPlace(place, index)}
          onChange={(next) => change(items.with(index, { ...item, draft: next }))}
          tools={
            <span className="item-tools">
              <ToolButton
                icon="arrow-up"
                label={`Move item ${index} up`}
                disabled={index === 0}
                onClick={() => change(withItemMoved(items, index, index - 1))}
              />
              <ToolButton
                icon="arrow-down"
                label={`Move item ${index} down`}
                disabled={index === items.length - 1}
                onClick={() => change(withItemMoved(items, index, index + 1))}
              />
              <ToolButton
                icon="close"
                label={`Remove item ${index}`}
                onClick={() => change(items.toSpliced(index, 1))}
              />
            </span>
          }
        />
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => change(withItemAdded(items, emptyDraft(of, place.records, place.depth + 1)))}
      >
        <span className="codicon codicon-add" aria-hidden /> Add item
      </button>
    </div>
  );
}

interface FieldsInputProps extends InputProps {
  readonly type: Type & { kind: 'record' };
  readonly FieldView: FieldComponent;
}

export function FieldsInput({ draft, type, place, onChange, id, FieldView }: FieldsInputProps) {
  const given = draft.kind === 'fields' ? draft.fields : [];
  const fields = fieldsOf(type, place);
  const drafts = fields.map(
    (field, index) => given[index] ?? emptyDraft(field.type, place.records, field.place.depth),
  );
  return (
    <div id={id} className="field-nest" role="group" aria-label={`fields of ${place.path}`}>
      {fields.map((field, index) => (
        <FieldView
          key={field.place.path}
          name={field.name}
          type={field.type}
          draft={drafts[index] ?? { kind: 'text', text: '' }}
          place={field.place}
          onChange={(next) => onChange({ kind: 'fields', fields: drafts.with(index, next) })}
        />
      ))}
    </div>
  );
}

interface ToolButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function ToolButton({ icon, label, disabled = false, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      className="tool-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={`codicon codicon-${icon}`} aria-hidden />
    </button>
  );
}
