import type { WorldStatus } from '../../core/studio/protocol/world';
import { useActions, useStudio } from '../store/context';
import { countProblems } from '../store/problems';
import { isPaused } from '../store/world';
import { BranchItem } from './BranchItem';
import { Icon } from '../ui/Icon';
import { withKeys } from '../ui/keys';

/** How the world is doing, in one line. */
export function StatusBar() {
  const world = useStudio((state) => state.world);
  const workspace = useStudio((state) => state.workspace);
  const errors = useStudio((state) => countProblems(state).errors);
  const warnings = useStudio((state) => countProblems(state).warnings);
  const { showPanel, setOverlay } = useActions();
  return (
    <footer className="status-bar" aria-label="Status">
      <ConnectionItem />
      <BranchItem />
      {world !== null && <WorldItems world={world} />}
      <HeldItem />
      <button
        type="button"
        className="status-item"
        title={withKeys(`${errors} errors, ${warnings} warnings`, '$mod+Shift+M')}
        aria-label={`Problems: ${errors} errors, ${warnings} warnings`}
        onClick={() => showPanel('problems')}
      >
        <Icon name="error" className={errors > 0 ? 'is-error' : ''} /> {errors}
        <Icon name="warning" className={warnings > 0 ? 'is-warning' : ''} /> {warnings}
      </button>
      <span className="status-gap" />
      <CursorItem />
      {workspace !== null && (
        <span className="status-item" title={`${workspace.folder} · Kernelscope ${workspace.version}`}>
          {workspace.name}
          {!workspace.writable && ' (read only)'}
        </span>
      )}
      <button
        type="button"
        className="status-item"
        title={withKeys('Show all commands', '$mod+Shift+P')}
        aria-label="Show all commands"
        onClick={() => setOverlay('commands')}
      >
        <Icon name="terminal" />
      </button>
    </footer>
  );
}

function WorldItems({ world }: { world: WorldStatus }) {
  const { stopWorld, continueWorld, restartWorld, showPanel } = useActions();
  const { state, length, pending } = world;
  const paused = isPaused(world);
  const halted = !paused && (state === 'unresponsive' || state === 'stopped');
  return (
    <>
      <button
        type="button"
        className="status-item"
        title="Receipts committed: show the timeline"
        onClick={() => showPanel('timeline')}
      >
        <Icon name="git-commit" /> {length.toLocaleString('en')} {length === 1 ? 'receipt' : 'receipts'}
      </button>
      <span className={`status-item status-${paused ? 'paused' : state}`} title="The world">
        <Icon name={stateIcons[state]} className={state === 'running' ? 'codicon-modifier-spin' : ''} />
        {stateWords[state]}
        {pending > 0 && ` · ${pending.toLocaleString('en')} pending`}
      </span>
      {state === 'running' && (
        <button
          type="button"
          className="status-item"
          title="Stop delivering messages"
          onClick={() => void stopWorld()}
        >
          <Icon name="debug-pause" /> Stop
        </button>
      )}
      {paused && (
        <button
          type="button"
          className="status-item"
          title="Deliver what is pending"
          onClick={() => void continueWorld()}
        >
          <Icon name="debug-continue" /> Continue
        </button>
      )}
      {halted && (
        <button
          type="button"
          className="status-item"
          title="Start the world again from its last commit"
          onClick={() => void restartWorld()}
        >
          <Icon name="debug-restart" /> Restart
        </button>
      )}
    </>
  );
}

/** Why messages wait that nobody stopped. */
function HeldItem() {
  const held = useStudio(({ debugSessions }) => debugSessions.find(({ receipt }) => receipt === null));
  const { showSession, showPanel } = useActions();
  if (held === undefined) return null;
  const { to, method } = held.message;
  return (
    <button
      type="button"
      className="status-item status-held"
      title="A breakpoint holds this message back, and all that is for its kernel: show where it stands"
      onClick={() => {
        showSession(held.session);
        showPanel('debugger');
      }}
    >
      <Icon name="debug-breakpoint" className="is-error" /> {`holds ${method} to ${to}`}
    </button>
  );
}

const stateWords: Readonly<Record<WorldStatus['state'], string>> = {
  starting: 'starting',
  ready: 'ready',
  running: 'running',
  unresponsive: 'not responding',
  stopped: 'stopped',
};

const stateIcons: Readonly<Record<WorldStatus['state'], string>> = {
  starting: 'loading',
  ready: 'pass',
  running: 'sync',
  unresponsive: 'watch',
  stopped: 'circle-slash',
};

function ConnectionItem() {
  const kind = useStudio((state) => state.connection.kind);
  const host = useStudio((state) => state.workspace?.host);
  const words = { connecting: 'connecting', connected: 'connected', reconnecting: 'reconnecting' }[kind];
  return (
    <span
      className={`status-item connection-${kind}`}
      title={host === 'web' ? 'The web host on this machine' : 'The desktop shell'}
    >
      <Icon name={kind === 'connected' ? 'plug' : 'debug-disconnect'} /> {words}
    </span>
  );
}

function CursorItem() {
  const cursor = useStudio((state) => state.cursor);
  const active = useStudio((state) => state.activeDocument);
  if (cursor === null || cursor.path !== active) return null;
  const { line, column, selected } = cursor;
  return (
    <span className="status-item">
      {`Ln ${line}, Col ${column}${selected > 0 ? ` (${selected} selected)` : ''}`}
    </span>
  );
}
