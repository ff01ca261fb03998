/** One breakpoint in full: what is met, under which condition, how often, and what it logs. */
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { useActions, useStudio } from '../../store/context';
import type { BreakpointRow } from '../../store/debug/breakpoints';
import { Button } from '../../ui/Button';
import { toSentence } from '../../ui/sentence';
import { type BreakpointDraft, type Kind, breakpointToDraft, draftToBreakpoint, emptyDraft } from './draft';

interface BreakpointFormProps {
  /** The one that is changed; a new one without. */
  readonly row: BreakpointRow | undefined;
  readonly onMade: (id: number) => void;
}

export function BreakpointForm({ row, onMade }: BreakpointFormProps) {
  const { setBreakpoint } = useActions();
  const file = useStudio(({ activeDocument }) => activeDocument ?? '');
  const [draft, setDraft] = useState<BreakpointDraft>(() =>
    row === undefined ? { ...emptyDraft, file } : breakpointToDraft(row.breakpoint),
  );
  const [fault, setFault] = useState<Fault | null>(null);
  const change = (part: Partial<BreakpointDraft>): void => {
    setDraft({ ...draft, ...part });
    setFault(null);
  };
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const made = draftToBreakpoint(draft, row?.breakpoint.enabled ?? true);
    setFault(made.ok ? null : made.error);
    if (!made.ok) return;
    const id = await setBreakpoint(row?.id ?? null, made.value);
    if (id !== null) onMade(id);
  };
  const text = (field: TextField, label: string, hint?: string): ReactNode => (
    <label key={field}>
      <span>{label}</span>
      <input
        value={draft[field]}
        placeholder={hint}
        spellCheck={false}
        onChange={(event) => change({ [field]: event.target.value })}
      />
    </label>
  );
  return (
    <form className="breakpoint-form" aria-label="Breakpoint" onSubmit={(event) => void submit(event)}>
      <div className="breakpoint-fields">
        <label>
          <span>Stop at</span>
          <select value={draft.kind} onChange={(event) => change({ kind: readKind(event.target.value) })}>
            {kinds.map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {fieldsOf[draft.kind].map(([field, label, hint]) => text(field, label, hint))}
        {draft.kind === 'state' && (
          <label>
            <span>Access</span>
            <select
              value={draft.access}
              onChange={(event) => change({ access: readAccess(event.target.value) })}
            >
              <option value="write">written</option>
              <option value="read">read</option>
              <option value="any">read or written</option>
            </select>
          </label>
        )}
        {text('when', 'Only when', '$0 > 10 && $gas < 1000')}
        <label>
          <span>Hits</span>
          <span className="breakpoint-hits">
            <select
              aria-label="Which hits"
              value={draft.hitWhich}
              onChange={(event) => change({ hitWhich: readHits(event.target.value) })}
            >
              <option value="always">every one</option>
              <option value="only">only number</option>
              <option value="from">from number</option>
              <option value="each">each so many</option>
            </select>
            <input
              aria-label="How many hits"
              value={draft.hitCount}
              disabled={draft.hitWhich === 'always'}
              onChange={(event) => change({ hitCount: event.target.value })}
            />
          </span>
        </label>
        {text('log', 'Only log', 'amount is {$args.amount}')}
      </div>
      {row !== undefined && row.words !== null && <p className="breakpoint-note">{toSentence(row.words)}</p>}
      <div className="breakpoint-foot">
        {fault !== null && (
          <span className="breakpoint-fault" role="alert">
            {toSentence(fault.message)}
          </span>
        )}
        <Button type="submit" kind="primary" onClick={() => {}}>
          {row === undefined ? 'Set' : 'Change'}
        </Button>
      </div>
    </form>
  );
}

type TextField = Exclude<keyof BreakpointDraft, 'kind' | 'access' | 'hitWhich'>;

const kinds: readonly (readonly [Kind, string])[] = [
  ['line', 'a line'],
  ['instruction', 'an instruction'],
  ['function', 'a function'],
  ['import', 'an import call'],
  ['state', 'a state entry'],
  ['memory', 'a write to memory'],
  ['trap', 'any trap'],
  ['method', 'a message'],
];

const fieldsOf: Readonly<Record<Kind, readonly (readonly [TextField, string, string?])[]>> = {
  line: [
    ['file', 'File', 'contracts/counter.ts'],
    ['line', 'Line', '6'],
  ],
  instruction: [
    ['code', 'Code', 'bafk…'],
    ['offset', 'Offset', '0x1a2'],
  ],
  function: [['name', 'Function', 'name, or #7']],
  import: [
    ['name', 'Import', 'kernel.state_set'],
    ['argument', 'Argument', 'any'],
    ['value', 'Is', '"balance"'],
  ],
  state: [
    ['path', 'Path', 'accounts/alice'],
    ['kernel', 'Kernel', 'any'],
  ],
  memory: [
    ['address', 'Address', '0x400'],
    ['length', 'Bytes', '4'],
    ['kernel', 'Kernel', 'any'],
  ],
  trap: [],
  method: [
    ['name', 'Method', 'any'],
    ['kernel', 'Kernel', 'any'],
  ],
};

const readKind = (text: string): Kind => kinds.find(([kind]) => kind === text)?.[0] ?? 'line';

const readAccess = (text: string): BreakpointDraft['access'] =>
  text === 'read' || text === 'any' ? text : 'write';

const readHits = (text: string): BreakpointDraft['hitWhich'] =>
  text === 'only' || text === 'from' || text === 'each' ? text : 'always';
