import type { WorldStatus } from '../../core/studio/protocol/world';
import type { StudioStore } from '../store/studio';
import type { Connection } from './connection';
import { runCommand } from './commands';

/** Lets the store hear what the host tells. */
export function connectStore(client: Connection, store: StudioStore): void {
  const actions = store.getState();
  const { setConnection, setWorld, readWorld, selectReceipt, askAgain } = actions;
  const { filesChanged, keepDraftsAgain, setLastChanges, debugProgressed, readDebugSessions } = actions;
  const { debugHeld, readBreakpoints } = actions;
  client.on('world.changed', setWorld);
  store.subscribe(({ world }, { world: before }) => {
    if (before?.state === 'starting' && world?.state !== 'starting') void readDebugSessions(startedAgain);
    if (!isOtherBranch(world, before)) return;
    selectReceipt(null);
    askAgain();
    void readDebugSessions('you work on another branch now');
  });
  client.on('debug.progress', debugProgressed);
  client.on('debug.held', debugHeld);
  client.on('debug.lost', () => void readDebugSessions('its message was taken out of its mailbox'));
  client.on('debug.breakpointsChanged', () => void readBreakpoints());
  client.on('workspace.changed', ({ paths }) => {
    setLastChanges(paths);
    void filesChanged(paths);
  });
  client.on('window.command', ({ command }) => runCommand(command, { client, store }));
  client.onState((state) => {
    const { epoch } = store.getState();
    setConnection(state);
    if (store.getState().epoch === epoch) return;
    void readWorld();
    void readDebugSessions(startedAgain);
    void readBreakpoints();
    if (epoch === 0) return;
    // Whatever happened while nobody told.
    keepDraftsAgain();
    void filesChanged(Object.keys(store.getState().documents));
  });
}

const startedAgain = 'the world was started again';

/** Another branch has another past. While it is not known which one it is, nothing is said. */
const isOtherBranch = (world: WorldStatus | null, before: WorldStatus | null): boolean =>
  world !== null &&
  before !== null &&
  world.branch !== before.branch &&
  world.branch !== '' &&
  before.branch !== '';
