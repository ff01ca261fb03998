import { useEffect, useId, useRef, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import type { Result } from '../../../core/base/result';
import { toSentence } from '../../ui/sentence';

interface NameFieldProps {
  readonly label: string;
  readonly initial: string;
  /** What is wrong with a name is shown at the field, which stays. */
  readonly onName: (name: string) => Promise<Result<null, Fault>>;
  readonly onDone: () => void;
}

/** Names a file: Enter takes the name, Escape and leaving the field give up. */
export function NameField({ label, initial, onName, onDone }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [fault, setFault] = useState<Fault | null>(null);
  const busy = useRef(false);

  useEffect(() => {
    const end = initial.lastIndexOf('.');
    // After the panel's own wish for the keyboard.
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(0, end > 0 ? end : initial.length);
    });
    return () => cancelAnimationFrame(frame);
  }, [initial]);

  const leave = (): void => {
    // The list it stands in goes on where it was.
    const list = field.current?.closest<HTMLElement>('.files')?.querySelector<HTMLElement>('[role="tree"]');
    onDone();
    list?.focus();
  };
  const take = async (): Promise<void> => {
    const name = field.current?.value.trim() ?? '';
    if (name === '' || name === initial) {
      leave();
      return;
    }
    busy.current = true;
    const named = await onName(name);
    busy.current = false;
    if (named.ok) onDone();
    else setFault(named.error);
  };

  return (
    <span className="name-field" onClick={(event) => event.stopPropagation()}>
      <input
        ref={field}
        defaultValue={initial}
        aria-label={label}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : id}
        spellCheck={false}
        placeholder={label}
        onChange={() => setFault(null)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => {
          if (!busy.current) onDone();
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') void take();
          else if (event.key === 'Escape') leave();
        }}
      />
      {fault !== null && (
        <span id={id} role="alert" className="name-fault">
          {toSentence(fault.message)}
          {fault.remedy !== undefined && <span className="name-remedy">{toSentence(fault.remedy)}</span>}
        </span>
      )}
    </span>
  );
}
