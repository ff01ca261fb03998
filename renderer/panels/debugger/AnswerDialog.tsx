/** An answer by hand to a call of an import: what would have been, had it given something else. */
import { type SyntheticEvent, useState } from 'react';
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import { pageSize } from '../../../core/studio/protocol/declare';
import { useActions, useStudio } from '../../store/context';
import type { Edit } from '../../store/debug/edits';
import { type StopQuestion, useAtStop } from '../../store/debug/use-stop';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultView } from '../../ui/FaultView';
import { parseValue } from '../../ui/values/parse-value';

/** What is to be answered. */
export interface Answering {
  /** `set.function`; `null` to choose one. */
  readonly import: string | null;
  /** The moment before the call; `null` for a call that is still to come. */
  readonly moment: number | null;
  /** What it gave, as text. */
  readonly text: string;
}

export function AnswerDialog({ answering, onClose }: { answering: Answering; onClose: () => void }) {
  const { editDebug } = useActions();
  const imports = useImportNames();
  const [chosen, setChosen] = useState<string | null>(answering.import);
  const [isOnlyNext, setOnlyNext] = useState(true);
  const [fails, setFails] = useState(false);
  const [text, setText] = useState(answering.text);
  const [problem, setProblem] = useState<Fault | null>(null);
  const name = chosen ?? imports[0] ?? '';
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const edit = answerOf({ name, isOnlyNext, fails, text });
    setProblem(edit.ok ? null : edit.error);
    if (!edit.ok) return;
    onClose();
    void editDebug(edit.value, answering.moment ?? undefined);
  };
  return (
    <Dialog label="Answer an import by hand" onClose={onClose} className="edit-dialog">
      <h2>Answer an import by hand</h2>
      <p>
        {answering.moment === null
          ? 'From here on the run gets this in place of what the import gives.'
          : `It goes back to before this call, at ${answering.moment.toLocaleString('en')}, and the run gets this in its place.`}
      </p>
      <form onSubmit={submit}>
        <label>
          Import
          <select
            value={name}
            disabled={answering.import !== null}
            onChange={(event) => setChosen(event.target.value)}
          >
            {(imports.includes(name) ? imports : [name, ...imports]).map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label>
          Calls
          <select
            value={isOnlyNext ? 'next' : 'each'}
            onChange={(event) => setOnlyNext(event.target.value === 'next')}
          >
            <option value="next">{answering.import === null ? 'only the next one' : 'only this one'}</option>
            <option value="each">
              {answering.import === null ? 'each from here on' : 'this one and each later one'}
            </option>
          </select>
        </label>
        <label>
          Answer
          <select
            value={fails ? 'words' : 'value'}
            onChange={(event) => setFails(event.target.value === 'words')}
          >
            <option value="value">a value</option>
            <option value="words">a refusal: the message ends with a trap</option>
          </select>
        </label>
        <label>
          {fails ? 'Words' : 'Gives'}
          <input
            data-autofocus
            value={text}
            placeholder={fails ? 'why it refuses' : '7, "text", 0x00ff, null for “not there”'}
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(null);
            }}
          />
        </label>
        {problem !== null && <FaultView fault={problem} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" onClick={() => {}}>
            Answer
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface AnswerDraft {
  readonly name: string;
  readonly isOnlyNext: boolean;
  /** Whether `text` is the words of a refusal. */
  readonly fails: boolean;
  readonly text: string;
}

function answerOf({ name, isOnlyNext, fails, text }: AnswerDraft): Result<Edit, Fault> {
  if (name === '') return err(fault('no-import', 'this code imports nothing that could be answered'));
  const calls = { import: name, call: isOnlyNext ? ('next' as const) : null };
  if (fails) return ok({ kind: 'failure', ...calls, words: text });
  const value = parseValue(text);
  return value.ok ? ok({ kind: 'answer', ...calls, value: value.value }) : value;
}

/** What the code imports, `set.function` each. */
function useImportNames(): readonly string[] {
  const code = useStudio(({ debugStop }) => debugStop?.code ?? '');
  const answer = useAtStop(`imported by ${code}`, (question) => readImportNames(code, question));
  return answer?.state === 'ready' ? answer.value : [];
}

async function readImportNames(
  code: string,
  { client, signal }: StopQuestion,
): Promise<Result<readonly string[], Fault>> {
  const names: string[] = [];
  for (;;) {
    const range = { start: names.length, count: pageSize };
    const page = await client.call('debug.functions', { code, ...range }, signal);
    if (!page.ok) return page;
    const { rows } = page.value;
    // Imported ones come first.
    const imported = rows.flatMap((row) => (row.imported === null ? [] : [row.imported]));
    names.push(...imported);
    if (imported.length < pageSize) return ok([...new Set(names)]);
  }
}
