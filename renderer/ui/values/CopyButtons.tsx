/** Copies the same thing in several forms, and says that it did. */
import { useState } from 'react';
import './values.css';

export interface CopyForm {
  readonly name: string;
  readonly text: () => string;
}

export function CopyButtons({ forms, label = 'Copy as' }: { forms: readonly CopyForm[]; label?: string }) {
  const [said, setSaid] = useState('');
  const copy = async ({ name, text }: CopyForm): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setSaid(`${name} copied`);
    } catch (error) {
      setSaid(`not copied: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <span className="copy-buttons" role="group" aria-label={label}>
      <span className="codicon codicon-copy" aria-hidden />
      {forms.map((form) => (
        <button
          key={form.name}
          type="button"
          aria-label={`${label} ${form.name}`}
          onClick={() => void copy(form)}
        >
          {form.name}
        </button>
      ))}
      <span role="status" className="copy-said">
        {said}
      </span>
    </span>
  );
}
