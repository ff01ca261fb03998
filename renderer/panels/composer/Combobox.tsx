/** A text with suggestions below it: arrow keys choose, Enter or Tab takes, Escape leaves the text as it is. */
import { type KeyboardEvent, useId, useState } from 'react';
import './composer.css';

export interface Suggestion {
  readonly text: string;
  /** More about it, dimmed. */
  readonly hint: string;
  /** Whether suggestions go on from it: a level of addresses. */
  readonly goesOn?: boolean;
}

interface ComboboxProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly suggestions: readonly Suggestion[];
  /** The element that says what is wrong with it. */
  readonly faultId: string | undefined;
  readonly onChange: (text: string) => void;
}

export function Combobox({ label, value, placeholder, suggestions, faultId, onChange }: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [typing, setTyping] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const id = useId();
  // Someone who types narrows the choice; someone who opens the list wants to see all of it.
  const offered = suggestions.filter(({ text }) => text !== value && (!typing || text.includes(value)));
  const shown = open && offered.length > 0;

  const take = (suggestion: Suggestion): void => {
    onChange(suggestion.text);
    setTyping(false);
    setChosen(-1);
    setOpen(suggestion.goesOn === true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const suggestion = shown ? offered[chosen] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen(shown ? Math.min(Math.max(chosen + step, -1), offered.length - 1) : 0);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion !== undefined) {
      if (event.key === 'Enter') event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div
      className="combobox"
      onBlur={() => {
        setOpen(false);
        setTyping(false);
      }}
    >
      <input
        className="text-input mono"
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen >= 0 ? `${id}-${chosen}` : undefined}
        aria-invalid={faultId !== undefined}
        aria-describedby={faultId}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          onChange(event.target.value);
          setTyping(true);
          setOpen(true);
          setChosen(-1);
        }}
        onClick={() => setOpen(true)}

        onKeyDown={onKeyDown}
      />
      {shown && (
        <div id={`${id}-list`} className="combobox-list" role="listbox" aria-label={`${label} suggestions`}>
          {offered.map((suggestion, index) => (
            <div
              key={suggestion.text}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={`combobox-option${index === chosen ? ' is-active' : ''}`}
              // Before the input loses the focus, and with it the list.
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
            >
              <span className="mono">{suggestion.text}</span>
              <span className="quiet">{suggestion.hint}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
