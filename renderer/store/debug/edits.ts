/** Changes by hand in the run of the session in front: what would have been. */
import type { Fault } from '../../../core/base/fault';
import { type Result, ok } from '../../../core/base/result';
import { pageSize } from '../../../core/studio/protocol/declare';
import type { DebugStop } from '../../../core/studio/protocol/debug-values';
import type { StudioParams, StudioReturns } from '../../../core/studio/protocol/studio';
import type { StudioClient } from '../../app/connection';
import type { SliceOf } from '../studio';

export type Edit = StudioParams<'debug.edit'>['edit'];
export type MadeEdit = StudioReturns<'debug.edits'>['rows'][number];

export interface EditsSlice {
  /** Whether what was changed is listed, and the branch that goes on from it asked for. */
  readonly whatIfShown: boolean;
  /** Changes a value or an answer: at another moment, it goes there first. */
  editDebug(edit: Edit, at?: number): Promise<void>;
  /** Takes a change back; without one, the last. */
  undoEdit(id?: number): Promise<void>;
  showWhatIf(shown: boolean): void;
  /** Shows it, when there is something that a branch could go on from. */
  askForFork(): void;
}

export const createEditsSlice: SliceOf<EditsSlice> = (set, get, { client }) => {
  const take = (what: string, stop: Result<DebugStop, Fault>): void => {
    if (stop.ok) get().takeStop(stop.value);
    else if (stop.error.code === 'no-session') void get().readDebugSessions('its session was closed');
    else get().notifyFault(what, stop.error);
  };

  return {
    whatIfShown: false,
    async editDebug(edit, at) {
      const { debugStop, notify } = get();
      if (debugStop === null) return;
      const { session, count } = debugStop;
      if (at !== undefined && at !== count) {
        const there = await client.call('debug.move', { session, move: { kind: 'to count', count: at } });
        if (!there.ok) return take('The moment of that change could not be gone to', there);
      }
      const edited = await client.call('debug.edit', { session, edit });
      take('That could not be changed', edited);
      const gone = edited.ok ? debugStop.edits + 1 - edited.value.edits : 0;
      if (gone > 0) notify({ kind: 'info', text: goneWords(gone) });
    },
    async undoEdit(id) {
      const { debugStop, notify } = get();
      if (debugStop === null) return;
      const { session, edits } = debugStop;
      if (edits === 0) {
        notify({ kind: 'info', text: 'Nothing was changed by hand here.' });
        return;
      }
      const last = id === undefined ? await readLast(session) : id;
      if (last !== undefined)
        take('That change could not be taken back', await client.call('debug.undo', { session, id: last }));
    },
    showWhatIf: (whatIfShown) => set({ whatIfShown }),
    askForFork() {
      const { debugStop, notify, showPanel } = get();
      if (debugStop === null || debugStop.edits === 0) {
        notify({
          kind: 'info',
          text: 'Change a value or an answer of a message that is stepped through first.',
        });
        return;
      }
      showPanel('debugger');
      set({ whatIfShown: true });
    },
  };

  async function readLast(session: number): Promise<number | undefined> {
    const edits = await readEdits({ client, session });
    return edits.ok ? edits.value.at(-1)?.id : undefined;
  }
};

const goneWords = (gone: number): string =>
  gone === 1
    ? 'A change at a later moment is gone: what it changed might not come to be now.'
    : `${gone} changes at later moments are gone: what they changed might not come to be now.`;

/** What was changed in a session, in the order of the run. */
export async function readEdits(question: {
  readonly client: StudioClient;
  readonly session: number;
}): Promise<Result<readonly MadeEdit[], Fault>> {
  const { client, session } = question;
  const rows: MadeEdit[] = [];
  for (let total = 1; rows.length < total;) {
    const page = await client.call('debug.edits', { session, start: rows.length, count: pageSize });
    if (!page.ok) return page;
    if (page.value.rows.length === 0) break;
    rows.push(...page.value.rows);
    total = page.value.total;
  }
  return ok(rows);
}
