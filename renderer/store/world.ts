import type { WorldStatus } from '../../core/studio/protocol/world';
import type { SliceOf } from './studio';

export interface WorldSlice {
  /** As last told; `null` until then. Its `length` is how many receipts there are. */
  readonly world: WorldStatus | null;
  setWorld(status: WorldStatus): void;
  readWorld(): Promise<void>;
  stopWorld(): Promise<void>;
  continueWorld(): Promise<void>;
  /** Ends the world's thread and starts it again from the last commit. */
  restartWorld(): Promise<void>;
  /** Works on another branch from now on. */
  switchBranch(name: string): Promise<void>;
}

/** Stopped by the user, or after a restart of a world that hung: it delivers nothing until it is continued. */
export const isPaused = ({ state, fault }: WorldStatus): boolean => state === 'stopped' && fault === null;

export const createWorldSlice: SliceOf<WorldSlice> = (set, get, { client }) => {
  /** Tells of a failure itself; answers whether there was none. */
  const act = async (call: 'world.stop' | 'world.continue' | 'world.restart', failure: string) => {
    const status = await client.call(call, {});
    if (status.ok) set({ world: status.value });
    else get().notifyFault(failure, status.error);
    return status.ok;
  };
  return {
    world: null,
    setWorld: (world) => set({ world }),
    async readWorld() {
      const status = await client.call('world.status', {});
      if (status.ok) set({ world: status.value });
    },
    stopWorld: async () => void (await act('world.stop', 'The world could not be stopped')),
    continueWorld: async () => void (await act('world.continue', 'The world could not go on')),
    async restartWorld() {
      if (!(await act('world.restart', 'The world could not be restarted'))) return;
      get().notify({ kind: 'success', text: 'The world was restarted from its last commit.' });
    },
    async switchBranch(name) {
      const status = await client.call('branch.switch', { name });
      if (status.ok) get().setWorld(status.value);
      else get().notifyFault(`The branch ${name} could not be chosen`, status.error);
    },
  };
};
