import { expect, it } from 'vitest';
import { bindingToNotice } from '../../../renderer/store/binding-notice';
import { createFakeStudio } from '../fake-host';

it('errors stay until they are dismissed, the rest goes by itself', () => {
  const { store, clock } = createFakeStudio();
  const { notify, notifyFault, dismissNotice } = store.getState();
  const texts = () => store.getState().notices.map(({ text }) => text);
  notify({ kind: 'success', text: 'done' });
  notify({ kind: 'info', text: 'deleted', actions: [{ label: 'Undo', run: () => undefined }] });
  const error = notifyFault('It failed', { code: 'x', message: 'no room', remedy: 'make some' });
  clock.advance(5000);
  expect(texts()).toEqual(['deleted', 'It failed.']);
  clock.advance(60_000);
  expect(texts()).toEqual(['It failed.']);
  dismissNotice(error);
  expect(texts()).toEqual([]);
});

it('there are never so many that they cover the window', () => {
  const { store } = createFakeStudio();
  for (let index = 0; index < 20; index++) store.getState().notify({ kind: 'error', text: `${index}` });
  expect(store.getState().notices.map(({ text }) => text)).toEqual(['15', '16', '17', '18', '19']);
});

it('a save says what it built, and who runs it now', () => {
  const binding = {
    built: true,
    diagnostics: [],
    codeBytes: 10,
    code: 'bafy',
    bound: ['/a', '/b', '/c', '/d'],
    boundTotal: 120,
    unchanged: false,
    milliseconds: 41.6,
  };
  const words = (part: Partial<typeof binding>) =>
    bindingToNotice('contracts/c.ts', { ...binding, ...part }).text;
  expect(words({})).toBe('c.ts built in 42 ms and bound to /a, /b, /c and 117 more.');
  expect(words({ bound: ['/a'], boundTotal: 1 })).toBe('c.ts built in 42 ms and bound to /a.');
  expect(words({ unchanged: true })).toBe('c.ts built in 42 ms: the same code as before.');
  expect(words({ bound: [], boundTotal: 0 })).toBe('c.ts built in 42 ms.');
  expect(words({ built: false })).toBe('c.ts is saved but was not built: 0 errors.');
});
