import { useActions, useStudio } from '../store/context';
import { nameOf } from '../store/paths';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

/** Asks what is to become of unsaved changes. */
export function CloseDialog() {
  const closing = useStudio((state) => state.closing);
  const { answerClosing } = useActions();
  if (closing.length === 0) return null;
  const [first = ''] = closing;
  const question =
    closing.length === 1
      ? `Save the changes to ${nameOf(first)}?`
      : `Save the changes to ${closing.length} files?`;
  return (
    <Dialog label={question} onClose={() => void answerClosing('cancel')} className="close-dialog">
      <h2>{question}</h2>
      <p>They are lost if you don’t.</p>
      {closing.length > 1 && (
        <ul>
          {closing.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
      <div className="dialog-actions">
        <Button kind="danger" onClick={() => void answerClosing('discard')}>
          Don’t save
        </Button>
        <span className="activity-gap" />
        <Button onClick={() => void answerClosing('cancel')}>Cancel</Button>
        <Button kind="primary" onClick={() => void answerClosing('save')}>
          Save
        </Button>
      </div>
    </Dialog>
  );
}
