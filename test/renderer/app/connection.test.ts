import { describe, expect, it } from 'vitest';
import { connectStore } from '../../../renderer/app/connect-store';
import { createFakeStudio, settled } from '../fake-host';

describe('the connection', () => {
  it('tells what is open once the host has answered', async () => {
    const { client } = createFakeStudio();
    const kinds: string[] = [];
    client.onState(({ kind }) => kinds.push(kind));
    await settled();
    expect(kinds).toEqual(['connecting', 'connected']);
  });

  it('comes back by itself, with growing pauses, and answers calls meanwhile', async () => {
    const { host, client, clock } = createFakeStudio();
    const attempts: (number | null)[] = [];
    client.onState((state) => attempts.push(state.kind === 'reconnecting' ? state.attempts : null));
    await settled();
    host.down = true;
    host.drop();
    await settled();
    expect(await client.call('drafts.list', {})).toMatchObject({
      ok: false,
      error: { code: 'disconnected' },
    });
    for (const pause of [250, 500, 1000]) {
      clock.advance(pause - 1);
      await settled();
      const before = attempts.length;
      clock.advance(1);
      await settled();
      expect(attempts.length).toBe(before + 1);
    }
    expect(attempts).toEqual([null, null, 0, 1, 2, 3]);
    host.down = false;
    clock.advance(2000);
    await settled();
    expect(await client.call('drafts.list', {})).toEqual({ ok: true, value: { drafts: [] } });
  });

  it('goes on telling events after it was made anew', async () => {
    const { host, client, clock } = createFakeStudio();
    const told: (readonly string[])[] = [];
    client.on('workspace.changed', ({ paths }) => told.push(paths));
    await settled();
    host.served().emit('workspace.changed', { paths: ['a'] });
    await settled();
    host.drop();
    clock.advance(250);
    await settled();
    host.served().emit('workspace.changed', { paths: ['b'] });
    await settled();
    expect(told).toEqual([['a'], ['b']]);
  });

  it('once it is back, shows what changed while nobody told, and keeps what was typed', async () => {
    const { host, client, clock, store } = createFakeStudio({ 'a.json': '1', 'b.json': '1' });
    connectStore(client, store);
    await settled();
    const { loadDocument, textOf, attachBuffer, edited } = store.getState();
    await loadDocument('a.json');
    await loadDocument('b.json');
    host.down = true;
    host.drop();
    await settled();
    host.files.set('a.json', '2');
    attachBuffer('b.json', { text: () => 'typed', setText: () => undefined });
    edited('b.json');
    clock.advance(250);
    await settled();
    host.down = false;
    clock.advance(500);
    await settled();
    await settled();
    expect(textOf('a.json')).toBe('2');
    expect(host.drafts.get('b.json')?.text).toBe('typed');
    expect(store.getState().workspace?.name).toBe('fake');
  });

  it('lets go of what was asked and selected when the host works on another branch', async () => {
    const { host, client, store } = createFakeStudio();
    connectStore(client, store);
    await settled();
    const tell = async (branch: string): Promise<void> => {
      const status = { state: 'ready', branch, length: 9, pending: 0, root: '', fault: null } as const;
      host.served().emit('world.changed', status);
      await settled();
    };
    await tell('main');
    const { epoch, selectReceipt } = store.getState();
    selectReceipt(3);
    await tell('');
    await tell('main');
    expect(store.getState()).toMatchObject({ epoch, receipt: 3 });
    await tell('other');
    expect(store.getState()).toMatchObject({ epoch: epoch + 1, receipt: null });
  });
});
