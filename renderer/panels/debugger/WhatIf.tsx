/** Says that something was changed by hand, lists it, and lets the world go on from there on a branch of its own. */
import { type SyntheticEvent, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { useActions, useClient, useStudio } from '../../store/context';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultView } from '../../ui/FaultView';
import { EditList } from './EditList';

export function WhatIf() {
  const before = useStudio(({ debugStop }) => debugStop?.whatIf ?? 0);
  const all = useStudio(({ debugStop }) => debugStop?.edits ?? 0);
  const isShown = useStudio(({ whatIfShown }) => whatIfShown);
  const { showWhatIf } = useActions();
  if (all === 0) return null;
  return (
    <span className="what-if">
      {before > 0 && (
        <span className="badge badge-what-if" title="Changed by hand: this is what would have been">
          what if
        </span>
      )}
      <button
        type="button"
        className="link-button"
        title="What was changed by hand, and a branch that goes on from it"
        onClick={() => showWhatIf(true)}
      >
        {`${all} ${all === 1 ? 'change' : 'changes'} by hand…`}
      </button>
      {isShown && <WhatIfDialog onClose={() => showWhatIf(false)} />}
    </span>
  );
}

function WhatIfDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="What would have been" onClose={onClose} className="edit-dialog">
      <h2>Changed by hand</h2>
      <EditList onClose={onClose} />
      <h2>Go on as a branch</h2>
      <p>
        The message runs as it was changed here, and what follows from it is delivered. The past stays as it
        is.
      </p>
      <ForkForm onClose={onClose} />
    </Dialog>
  );
}

function ForkForm({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? -1);
  const receipt = useStudio(({ debugStop }) => debugStop?.receipt ?? null);
  const { notify, switchBranch } = useActions();
  const [name, setName] = useState(`what-if-${receipt ?? 'waiting'}`);
  const [fault, setFault] = useState<Fault | null>(null);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const made = await client.call('debug.fork', { session, name: name.trim(), run: 'rest' });
    setFault(made.ok ? null : made.error);
    if (!made.ok) return;
    const branch = made.value.name;
    notify({
      kind: 'success',
      text: `The branch ${branch} goes on from what was changed here.`,
      actions: [{ label: 'Work on it', run: () => void switchBranch(branch) }],
    });
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label>
        Name
        <input
          data-autofocus
          value={name}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setName(event.target.value);
            setFault(null);
          }}
        />
      </label>
      {fault !== null && <FaultView fault={fault} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>Close</Button>
        <Button type="submit" kind="primary" onClick={() => {}}>
          Make the branch
        </Button>
      </div>
    </form>
  );
}
