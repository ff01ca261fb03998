import type { ConnectionState, Workspace } from '../app/connection';
import type { SliceOf } from './studio';

export interface ConnectionSlice {
  readonly connection: ConnectionState;
  /** What is open; stays known while the connection is lost. `null` until the first answer. */
  readonly workspace: Workspace | null;
  /** Rises with each connection made, and with each switch to another branch: whoever shows what the host knows asks again when it changes. */
  readonly epoch: number;
  setConnection(state: ConnectionState): void;
  /** What was asked holds no more. */
  askAgain(): void;
}

export const createConnectionSlice: SliceOf<ConnectionSlice> = (set, get) => ({
  connection: { kind: 'connecting' },
  workspace: null,
  epoch: 0,
  setConnection(connection) {
    const made = connection.kind === 'connected' && get().connection.kind !== 'connected';
    set({
      connection,
      ...(connection.kind === 'connected' ? { workspace: connection.workspace } : {}),
      ...(made ? { epoch: get().epoch + 1 } : {}),
    });
  },
  askAgain: () => set({ epoch: get().epoch + 1 }),
});
