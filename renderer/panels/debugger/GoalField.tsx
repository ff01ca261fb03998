import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import { debugKeys } from '../../ui/debug-keys';
import { withKeys } from '../../ui/keys';
import { toSentence } from '../../ui/sentence';
import { parseGoal } from './goal';

/** Goes to a moment or a place that is typed. */
export function GoalField() {
  const { store } = useStudioContext();
  const { moveDebug } = useActions();
  const wish = useStudio(({ goalWish }) => goalWish);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const granted = useRef(wish);
  useEffect(() => {
    if (wish === granted.current) return;
    granted.current = wish;
    field.current?.focus();
    field.current?.select();
  }, [wish]);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const { debugStop, debugAuthored, activeDocument, cursorTarget } = store.getState();
    const goal = parseGoal(text, {
      count: debugStop?.count ?? 0,
      file: debugAuthored?.source?.file ?? activeDocument,
      cursor: cursorTarget(),
    });
    setFault(goal.ok ? null : goal.error);
    if (goal.ok) moveDebug(goal.value);
  };
  return (
    <form className="debugger-goal" onSubmit={submit}>
      <input
        ref={field}
        aria-label="Go to"
        aria-invalid={fault !== null}
        placeholder="Go to 12345, :6, :6#3, 0x1a2"
        title={withKeys(
          'A moment (12345, +100), a line (counter.ts:6, :6), its third pass (:6#3), an instruction (0x1a2), start, end, trap',
          debugKeys.goTo,
        )}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setFault(null);
        }}
      />
      {fault !== null && (
        <div className="debugger-goal-fault" role="alert">
          {toSentence(fault.message)} {fault.remedy !== undefined && toSentence(fault.remedy)}
        </div>
      )}
    </form>
  );
}
