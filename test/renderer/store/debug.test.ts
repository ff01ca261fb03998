import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fault } from '../../../core/base/fault';
import { err, ok } from '../../../core/base/result';
import type { DebugStop } from '../../../core/studio/protocol/debug-values';
import type { CodeFrame } from '../../../core/studio/protocol/wire';
import { type Move, withMove } from '../../../renderer/store/debug/move-queue';
import { type FakeStudio, createFakeStudio, settled } from '../fake-host';

const callAt = (offset: number): CodeFrame => ({
  function: 0,
  functionName: null,
  offset,
  source: null,
});

const stopAt = (count: number, session = 0): DebugStop => ({
  session,
  receipt: 3,
  message: { id: 1, from: null, to: '/counter', method: 'increment' },
  code: 'bafy',
  codeName: null,
  reason: { kind: 'moved' },
  count,
  place: callAt(count),
  shown: { index: 0, place: callAt(count) },
  nextImport: null,
  depth: 1,
  gasLeft: 100,
  end: null,
  whatIf: 0,
  edits: 0,
  notes: [],
});

describe('a session', () => {
  let studio: FakeStudio;
  afterEach(() => studio.client.dispose());

  const open = async (answers: FakeStudio['host']['answers']) => {
    studio = createFakeStudio(
      {},
      { 'debug.open': () => ok(stopAt(0)), 'debug.close': () => ok({}), ...answers },
    );
    await settled();
    void studio.store.getState().openDebug(3, { kind: 'start', by: 'line' });
    await settled();
    return studio.store;
  };

  it('selects its message and shows where it stands', async () => {
    const store = await open({});
    expect(store.getState()).toMatchObject({
      receipt: 3,
      kernel: '/counter',
      debugStop: { count: 0 },
      panelWish: { id: 'debugger' },
    });
  });

  it('loses no step that is asked for while one is under way', async () => {
    const asked: Move[] = [];
    let count = 0;
    const store = await open({
      'debug.move'({ move }) {
        asked.push(move);
        count += 'times' in move ? move.times : 0;
        return ok(stopAt(count));
      },
    });
    for (let press = 0; press < 5; press++) store.getState().stepDebug('over', false);
    await settled();
    expect(store.getState().debugStop?.count).toBe(5);
    expect(asked.length).toBeLessThan(5);
  });

  it('shows the call that the host says, and stays at the one that a value was changed in', async () => {
    const store = await open({
      'debug.move': () => ok({ ...stopAt(2), shown: { index: 3, place: callAt(90) } }),
      'debug.edit': () => ok({ ...stopAt(2), reason: { kind: 'edited' }, edits: 1 }),
      'debug.frames': () => ok({ start: 0, total: 0, rows: [] }),
    });
    store.getState().moveDebug({ kind: 'to trap' });
    await settled();
    expect(store.getState().debugFrame).toMatchObject({ index: 3, place: { offset: 90 } });
    store.getState().selectFrame({ index: 1, place: callAt(80) });
    await store.getState().editDebug({ kind: 'local', frame: 1, index: 0, value: 1 });
    expect(store.getState().debugFrame).toMatchObject({ index: 1, place: { offset: 80 } });
  });

  it('says that later changes by hand went with an earlier one', async () => {
    const store = await open({
      'debug.edit': () => ok({ ...stopAt(2), edits: 1 }),
      'debug.sessions': () => ok({ sessions: [] }),
    });
    const edit = { kind: 'global', index: 0, value: 1 } as const;
    await store.getState().editDebug(edit);
    expect(store.getState().notices).toEqual([]);
    await store.getState().editDebug(edit);
    expect(store.getState().notices.at(-1)?.text).toContain('later moment is gone');
  });

  it('stays where it was when a move can’t be made, and says why', async () => {
    const store = await open({
      'debug.move': () => err(fault('no-code-there', 'line 7 has no code')),
    });
    store.getState().stepDebug('in', false);
    await settled();
    expect(store.getState().debugStop?.count).toBe(0);
    expect(store.getState().notices.at(-1)).toMatchObject({ kind: 'error' });
  });

  it('is left when the host does not know it any more', async () => {
    const store = await open({ 'debug.move': () => err(fault('no-session', 'there is no session 0')) });
    store.getState().stepDebug('in', false);
    await settled();
    expect(store.getState()).toMatchObject({ debugStop: null, debugSessions: [] });
  });

  it('gives way to the session before it when it is closed', async () => {
    const store = await open({ 'debug.open': ({ receipt }) => ok(stopAt(receipt, receipt)) });
    await store.getState().openDebug(5, { kind: 'start', by: 'line' });
    expect(store.getState().debugSessions.map(({ session }) => session)).toEqual([3, 5]);
    store.getState().closeDebug();
    expect(store.getState().debugStop?.session).toBe(3);
  });
});

describe('moves that wait', () => {
  const step = fc.record({
    kind: fc.constantFrom('in' as const, 'over' as const, 'out' as const),
    back: fc.boolean(),
    by: fc.constantFrom('line' as const, 'instruction' as const),
    times: fc.integer({ min: 1, max: 3 }),
  });
  const end = fc.constant({ kind: 'to end' } as const);

  it('are the same steps in the same order, however they are joined', () => {
    const single = (move: Move): readonly Move[] =>
      'times' in move ? Array.from({ length: move.times }, () => ({ ...move, times: 1 })) : [move];
    fc.assert(
      fc.property(fc.array(fc.oneof(step, end)), (moves) => {
        const queue = moves.reduce<readonly Move[]>(withMove, []);
        expect(queue.flatMap(single)).toEqual(moves.flatMap(single));
      }),
    );
  });
});
