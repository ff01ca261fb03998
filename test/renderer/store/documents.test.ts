import { describe, expect, it } from 'vitest';
import type { WireDiagnostic } from '../../../core/studio/protocol/wire';
import { createFakeStudio, settled } from '../fake-host';

const path = 'contracts/counter.ts';

async function openOne(text = 'one') {
  const studio = createFakeStudio({ [path]: text });
  const buffer = {
    content: '',
    text: () => buffer.content,
    setText: (next: string) => void (buffer.content = next),
  };
  const state = () => studio.store.getState();
  const document = () => state().documents[path];
  await state().loadDocument(path);
  buffer.content = state().textOf(path);
  state().attachBuffer(path, buffer);
  const type = async (next: string): Promise<void> => {
    buffer.content = next;
    state().edited(path);
    studio.clock.advance(300);
    await settled();
  };
  return { ...studio, buffer, state, document, type };
}

const mistake: WireDiagnostic = {
  file: path,
  line: 1,
  column: 1,
  length: 3,
  severity: 'error',
  message: 'bad',
  code: 'AS100',
};

describe('an open document', () => {
  it('is dirty at the first key, kept as a draft, and clean again when its text is as before', async () => {
    const { state, document, buffer, type, host, clock } = await openOne();
    expect(document()).toMatchObject({ state: 'ready', dirty: false });
    buffer.content = 'two';
    state().edited(path);
    expect(document()?.dirty).toBe(true);
    expect(host.drafts.size).toBe(0);
    clock.advance(300);
    await settled();
    expect(host.drafts.get(path)).toEqual({ text: 'two', version: 'v:one' });
    await type('one');
    expect(document()?.dirty).toBe(false);
    expect(host.drafts.size).toBe(0);
  });

  it('is checked some moments after the last key, once for each text', async () => {
    const { state, host, buffer, clock } = await openOne();
    host.diagnose = (text) => (text.includes('!') ? [mistake] : []);
    for (const content of ['o', 'oh', 'oh!']) {
      buffer.content = content;
      state().edited(path);
      clock.advance(100);
    }
    clock.advance(300);
    await settled();
    expect(host.checked).toEqual(['one', 'oh!']);
    expect(state().problemsByFile).toEqual({ [path]: [mistake] });
  });

  it('is written, built and bound by a save, which says what it did', async () => {
    const { state, document, host, type } = await openOne();
    await type('two');
    expect(await state().saveDocument(path)).toBe(true);
    expect(host.files.get(path)).toBe('two');
    expect(document()).toMatchObject({ dirty: false, version: 'v:two', saving: false });
    expect(host.drafts.size).toBe(0);
    expect(host.bound).toEqual([path]);
    expect(state().notices.at(-1)).toMatchObject({
      kind: 'success',
      text: 'counter.ts built in 12 ms and bound to /counter.',
    });
  });

  it('is saved with its mistakes, which are told', async () => {
    const { state, host, type } = await openOne();
    host.diagnose = () => [mistake];
    await type('two!');
    await state().saveDocument(path);
    expect(host.files.get(path)).toBe('two!');
    expect(state().notices.at(-1)).toMatchObject({ kind: 'error' });
    expect(state().problemsByFile[path]).toEqual([mistake]);
  });
});

describe('a file that others change', () => {
  it('is taken over by a document without changes', async () => {
    const { state, document, buffer, host } = await openOne();
    host.files.set(path, 'theirs');
    await state().filesChanged(['contracts']);
    expect(buffer.content).toBe('theirs');
    expect(document()).toMatchObject({ dirty: false, version: 'v:theirs', theirs: null });
  });

  it('waits for a choice where there are changes, and is never overwritten unasked', async () => {
    const { state, document, buffer, host, type } = await openOne();
    await type('mine');
    host.files.set(path, 'theirs');
    expect(await state().saveDocument(path)).toBe(false);
    expect(host.files.get(path)).toBe('theirs');
    expect(buffer.content).toBe('mine');
    expect(document()?.theirs).toEqual({ kind: 'changed', text: 'theirs', version: 'v:theirs' });

    state().resolveTheirs(path, 'mine');
    expect(document()).toMatchObject({ theirs: null, dirty: true });
    expect(await state().saveDocument(path)).toBe(true);
    expect(host.files.get(path)).toBe('mine');
  });

  it('is taken when the user says so', async () => {
    const { state, document, buffer, host, type } = await openOne();
    await type('mine');
    host.files.set(path, 'theirs');
    await state().filesChanged([path]);
    state().resolveTheirs(path, 'theirs');
    await settled();
    expect(buffer.content).toBe('theirs');
    expect(document()).toMatchObject({ dirty: false, theirs: null });
    expect(host.drafts.size).toBe(0);
  });

  it('may be gone: the text stays, and is written again when it is kept', async () => {
    const { state, document, host } = await openOne();
    host.files.delete(path);
    await state().filesChanged([path]);
    expect(document()).toMatchObject({ dirty: true, theirs: { kind: 'removed' } });
    state().resolveTheirs(path, 'mine');
    expect(await state().saveDocument(path)).toBe(true);
    expect(host.files.get(path)).toBe('one');
  });
});

describe('drafts', () => {
  it('come back with a new page, and say when their file went on without them', async () => {
    const { host, store } = createFakeStudio({ [path]: 'newer', 'b.wat': 'old' });
    host.drafts.set(path, { text: 'mine', version: 'v:one' });
    host.drafts.set('b.wat', { text: 'mine too', version: 'v:old' });
    const { loadDrafts, loadDocument, textOf } = store.getState();
    expect(await loadDrafts()).toEqual([path, 'b.wat']);
    await loadDocument(path);
    await loadDocument('b.wat');
    const { documents } = store.getState();
    expect([textOf(path), textOf('b.wat')]).toEqual(['mine', 'mine too']);
    expect(documents[path]).toMatchObject({ dirty: true, theirs: { kind: 'changed', text: 'newer' } });
    expect(documents['b.wat']).toMatchObject({ dirty: true, theirs: null });
  });

  it('are kept at once when the page goes', async () => {
    const { state, host, buffer } = await openOne();
    buffer.content = 'last words';
    state().edited(path);
    state().flushDrafts();
    await settled();
    expect(host.drafts.get(path)?.text).toBe('last words');
  });

  it('that could not be kept while the host was away are kept when it is back', async () => {
    const { state, host, type, clock } = await openOne();
    host.down = true;
    host.drop();
    await settled();
    await type('typed alone');
    expect(host.drafts.size).toBe(0);
    host.down = false;
    clock.advance(10_000);
    await settled();
    state().keepDraftsAgain();
    await settled();
    expect(host.drafts.get(path)?.text).toBe('typed alone');
  });
});

describe('closing', () => {
  it('forgets the problems of a text that is discarded', async () => {
    const { state, host, type } = await openOne();
    host.diagnose = () => [mistake];
    await type('one!');
    expect(state().problemsByFile[path]).toHaveLength(1);
    state().closeDocument(path);
    await state().answerClosing('discard');
    expect(state().problemsByFile).toEqual({});
  });

  it('asks about unsaved changes, and about nothing else', async () => {
    const { state, host, type } = await openOne();
    await type('mine');
    state().closeDocument(path);
    expect(state().closing).toEqual([path]);
    await state().answerClosing('cancel');
    expect(state().documents[path]?.dirty).toBe(true);

    state().closeDocument(path);
    await state().answerClosing('discard');
    await settled();
    expect(state().documents).toEqual({});
    expect(host.drafts.size).toBe(0);
    expect(host.files.get(path)).toBe('one');
  });

  it('saves first when told so, and stays open when that fails', async () => {
    const { state, host, type } = await openOne();
    await type('mine');
    host.files.set(path, 'theirs');
    state().closeDocument(path);
    await state().answerClosing('save');
    expect(state().documents[path]?.theirs).not.toBeNull();
    state().resolveTheirs(path, 'mine');
    state().closeDocument(path);
    await state().answerClosing('save');
    expect(state().documents).toEqual({});
    expect(host.files.get(path)).toBe('mine');
  });
});

describe('files that move', () => {
  it('take their documents along, with what is unsaved', async () => {
    const { state, host, type } = await openOne();
    await type('mine');
    expect((await state().renameFile(path, 'contracts/tally.ts')).ok).toBe(true);
    await settled();
    expect(Object.keys(state().documents)).toEqual(['contracts/tally.ts']);
    expect(state().textOf('contracts/tally.ts')).toBe('mine');
    expect([...host.drafts.keys()]).toEqual(['contracts/tally.ts']);
    expect(await state().saveDocument('contracts/tally.ts')).toBe(true);
    expect(host.files.get('contracts/tally.ts')).toBe('mine');
  });

  it('close with their deletion, but for those with unsaved changes', async () => {
    const { state, host, type } = await openOne();
    await type('mine');
    await state().removeFile('contracts');
    expect(Object.keys(state().documents)).toEqual([path]);
    await type('one');
    await state().removeFile('contracts');
    expect(state().documents).toEqual({});
    expect(host.drafts.size).toBe(0);
  });
});
