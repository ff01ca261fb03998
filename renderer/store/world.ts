import type { WorldStatus } from '../../core/studio/protocol/world';
import type { SliceOf } from './studio';

export interface WorldSlice {
  /** As last told; `null` until then. Its `length` is how many receipts there are. */
  readonly world: WorldStatus | null;
  setWorld(status: WorldStatus): void;
  readWorld(): Promise<void>;
  /** Ends the world's thread and starts it again from the last commit; tells of a failure itself. */
  restartWorld(): Promise<void>;
}

export const createWorldSlice: SliceOf<WorldSlice> = (set, get, { client }) => ({
  world: null,
  setWorld: (world) => set({ world }),
  async readWorld() {
    const status = await client.call('world.status', {});
    if (status.ok) set({ world: status.value });
  },
  async restartWorld() {
    const status = await client.call('world.restart', {});
    if (!status.ok) {
      get().notifyFault('The world could not be restarted', status.error);
      return;
    }
    set({ world: status.value });
    get().notify({ kind: 'success', text: 'The world was restarted from its last commit.' });
  },
});
