/** Says that something was changed by hand, and lets the world go on from there on a branch of its own. */
import { type SyntheticEvent, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { useActions, useClient, useStudio } from '../../store/context';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FaultView } from '../../ui/FaultView';

export function WhatIf() {
  const edits = useStudio(({ debugStop }) => debugStop?.whatIf ?? 0);
  const [asking, setAsking] = useState(false);
  if (edits === 0) return null;
  return (
    <span className="what-if">
      <span className="badge badge-what-if" title={`${edits} changed by hand: this is what would have been`}>
        what if
      </span>
      <button type="button" className="link-button" onClick={() => setAsking(true)}>
        go on as a branch…
      </button>
      {asking && <ForkDialog onClose={() => setAsking(false)} />}
    </span>
  );
}

function ForkDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? -1);
  const receipt = useStudio(({ debugStop }) => debugStop?.receipt ?? null);
  const { notify } = useActions();
  const [name, setName] = useState(`what-if-${receipt ?? 'waiting'}`);
  const [fault, setFault] = useState<Fault | null>(null);
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const made = await client.call('debug.fork', { session, name: name.trim(), run: 'rest' });
    setFault(made.ok ? null : made.error);
    if (!made.ok) return;
    notify({ kind: 'success', text: `The branch ${name.trim()} goes on from what was changed here.` });
    onClose();
  };
  return (
    <Dialog label="A branch of what would have been" onClose={onClose} className="fork-dialog">
      <h2>A branch of what would have been</h2>
      <p>
        The message runs as it was changed here, and what follows from it is delivered. The past stays as it
        is.
      </p>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          Name
          <input
            autoFocus
            value={name}
            spellCheck={false}
            onChange={(event) => {
              setName(event.target.value);
              setFault(null);
            }}
          />
        </label>
        {fault !== null && <FaultView fault={fault} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" onClick={() => {}}>
            Make the branch
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
