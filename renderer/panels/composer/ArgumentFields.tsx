/** A field for each parameter of the method; one text where there is no interface to go by. */
import { useMemo } from 'react';
import { FaultsContext, FieldView } from './FieldView';
import { fieldRoot } from './method-form';
import { draftsOf, withDrafts, withText } from './signal-draft';
import type { useComposer } from './use-composer';

export function ArgumentFields({ composer }: { composer: ReturnType<typeof useComposer> }) {
  const { signal, change, contract, form, fieldFaults, attempted } = composer;
  const faults = useMemo(() => ({ faults: fieldFaults, strict: attempted }), [fieldFaults, attempted]);
  if (form === null) {
    const method = signal.method;
    return (
      <FaultsContext value={faults}>
        <FieldView
          name="Arguments"
          type={{
            kind: 'value',
            note:
              contract === null
                ? 'No interface describes the arguments: write a list or a map.'
                : `The interface has no method ${method}: write a list or a map.`,
          }}
          draft={{ kind: 'text', text: signal.textByMethod.get(method) ?? '' }}
          place={{ path: '', records: new Map(), depth: 0 }}
          onChange={(draft) => change(withText(signal, draft.kind === 'text' ? draft.text : ''))}
        />
      </FaultsContext>
    );
  }
  const drafts = draftsOf(signal, form);
  if (form.fields.length === 0) return <p className="quiet composer-none">It takes no arguments.</p>;
  return (
    <FaultsContext value={faults}>
      {form.fields.map(({ name, type }, index) => {
        const draft = drafts[index];
        return (
          draft !== undefined && (
            <FieldView
              key={`${form.signature} ${index}`}
              name={name}
              type={type}
              draft={draft}
              place={fieldRoot(form, index)}
              onChange={(next) => change(withDrafts(signal, form, drafts.with(index, next)))}
            />
          )
        );
      })}
    </FaultsContext>
  );
}
