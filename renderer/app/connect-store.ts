import type { StudioStore } from '../store/studio';
import type { Connection } from './connection';
import { runCommand } from './commands';

/** Lets the store hear what the host tells. */
export function connectStore(client: Connection, store: StudioStore): void {
  const { setConnection, setWorld, readWorld, filesChanged, keepDraftsAgain, setLastChanges } =
    store.getState();
  client.on('world.changed', setWorld);
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
    if (epoch === 0) return;
    // Whatever happened while nobody told.
    keepDraftsAgain();
    void filesChanged(Object.keys(store.getState().documents));
  });
}
