/** What concerns the whole window: a lost connection, a world that hangs, what the start had to mend. */
import { useState } from 'react';
import type { WorldStatus } from '../../core/studio/protocol/world';
import { useActions, useStudio } from '../store/context';
import { isPaused } from '../store/world';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { toSentence } from '../ui/sentence';
import { IconButton } from '../ui/IconButton';

export function Banner() {
  const connection = useStudio((state) => state.connection);
  const world = useStudio((state) => state.world);
  if (connection.kind === 'reconnecting') return <Reconnecting attempts={connection.attempts} />;
  if (connection.kind === 'connected' && !connection.responsive)
    return (
      <Strip kind="warning" icon="watch" passing>
        The host does not answer at the moment. Nothing is lost; what you type is kept once it does.
      </Strip>
    );
  if (world !== null && isPaused(world)) return <WorldPaused pending={world.pending} />;
  if (world?.state === 'unresponsive' || world?.state === 'stopped') return <WorldHalted world={world} />;
  return <Recovered />;
}

function Reconnecting({ attempts }: { attempts: number }) {
  return (
    <Strip kind="warning" icon="debug-disconnect" passing>
      {attempts < patientAttempts
        ? 'The connection to the host was lost. Reconnecting… What you typed is still here.'
        : 'The host can’t be reached. If it was started again, open the address it printed; this window keeps trying.'}
    </Strip>
  );
}

const patientAttempts = 5;

function WorldPaused({ pending }: { pending: number }) {
  const { continueWorld } = useActions();
  const waiting = pending === 1 ? '1 message waits' : `${pending.toLocaleString('en')} messages wait`;
  return (
    <Strip kind="info" icon="debug-pause">
      <span>
        The world is stopped: {pending === 0 ? 'signals will wait' : waiting} until you let it go on.
      </span>
      <Button icon="debug-continue" onClick={() => void continueWorld()}>
        Continue
      </Button>
    </Strip>
  );
}

function WorldHalted({ world }: { world: WorldStatus }) {
  const { restartWorld } = useActions();
  const words =
    world.state === 'unresponsive'
      ? 'The world does not respond: a message may be running for very long'
      : `The world has stopped${world.fault === null ? '' : `: ${world.fault.message}`}`;
  return (
    <Strip kind={world.state === 'stopped' ? 'error' : 'warning'} icon="warning">
      <span>
        {toSentence(words)} {toSentence(world.fault?.remedy ?? 'All that was committed is safe')}
      </span>
      <Button icon="debug-restart" onClick={() => void restartWorld()}>
        Restart the world
      </Button>
    </Strip>
  );
}

function Recovered() {
  const recovered = useStudio((state) => state.workspace?.recovered ?? null);
  const [read, setRead] = useState<string | null>(null);
  if (recovered === null || recovered === read) return null;
  return (
    <Strip kind="info" icon="info">
      <span>{recovered}</span>
      <IconButton icon="close" label="Dismiss" onClick={() => setRead(recovered)} />
    </Strip>
  );
}

interface StripProps {
  readonly kind: 'info' | 'warning' | 'error';
  readonly icon: string;
  /** Floats above the window, which doesn't move for what may be over in a moment. */
  readonly passing?: boolean;
  readonly children: React.ReactNode;
}

function Strip({ kind, icon, passing = false, children }: StripProps) {
  return (
    <div className={`banner banner-${kind}${passing ? ' is-passing' : ''}`} role="status">
      <Icon name={icon} />
      {children}
    </div>
  );
}
