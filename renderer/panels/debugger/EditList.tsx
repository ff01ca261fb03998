/** What was changed by hand, in the order of the run: each can be gone to and taken back. */
import { useActions, useStudio } from '../../store/context';
import type { MadeEdit } from '../../store/debug/edits';
import { useEdits } from '../../store/debug/use-edits';
import { IconButton } from '../../ui/IconButton';
import { editWords } from './edit-words';

export function EditList({ onClose }: { onClose: () => void }) {
  const edits = useEdits();
  const { moveDebug, undoEdit, showWhatIf } = useActions();
  const isLast = useStudio(({ debugStop }) => debugStop?.edits === 1);
  const undo = (id: number): void => {
    if (isLast) showWhatIf(false);
    void undoEdit(id);
  };
  return (
    <ul className="edit-list" aria-label="Changed by hand">
      {edits.map((edit) => (
        <EditLine
          key={edit.id}
          edit={edit}
          later={edits.filter(({ moment }) => moment > edit.moment).length}
          onGo={() => {
            onClose();
            moveDebug({ kind: 'to count', count: edit.moment });
          }}
          onUndo={() => undo(edit.id)}
        />
      ))}
    </ul>
  );
}

interface EditLineProps {
  readonly edit: MadeEdit;
  /** How many later ones go with it. */
  readonly later: number;
  readonly onGo: () => void;
  readonly onUndo: () => void;
}

function EditLine({ edit, later, onGo, onUndo }: EditLineProps) {
  const { what, before, after } = editWords(edit);
  const withLater = later === 0 ? '' : `, and ${later === 1 ? 'the later one' : `the ${later} later ones`}`;
  return (
    <li>
      <button type="button" className="link-button edit-moment" title="Go to its moment" onClick={onGo}>
        {edit.moment.toLocaleString('en')}
      </button>
      <span className="edit-what">{what}</span>
      <span className="change-line">
        {before !== null && (
          <>
            <del>{before}</del>
            <span className="quiet">→</span>
          </>
        )}
        <ins>{after}</ins>
      </span>
      <IconButton icon="discard" label={`Undo the change of ${what}${withLater}`} onClick={onUndo} />
    </li>
  );
}
