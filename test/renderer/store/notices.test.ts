import { expect, it } from 'vitest';
import type { Rebuilt } from '../../../core/studio/protocol/workspace';
import { bindingToNotice, rebuiltToNotice } from '../../../renderer/store/binding-notice';
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
    waiting: 0,
    unchanged: false,
    milliseconds: 41.6,
  };
  const words = (part: Partial<typeof binding>) =>
    bindingToNotice('contracts/c.ts', { ...binding, ...part }).text;
  expect(words({})).toBe('c.ts built in 42 ms and bound to /a, /b, /c and 117 more.');
  expect(words({ bound: ['/a'], boundTotal: 1 })).toBe('c.ts built in 42 ms and bound to /a.');
  expect(words({ unchanged: true })).toBe('c.ts built in 42 ms: the same code as before.');
  expect(words({ bound: [], boundTotal: 0 })).toBe('c.ts built in 42 ms.');
  expect(bindingToNotice('contracts/c.ts', { ...binding, waiting: 2 }).detail).toBe(
    '2 kernels run the code before until the messages that wait there are delivered.',
  );
  expect(words({ built: false })).toBe('c.ts is saved but was not built: 0 errors.');
});

it('a saved import set says which contracts were built with it, and who runs them now', () => {
  const contract = (name: string, bound: readonly string[]) => ({
    path: `contracts/${name}`,
    built: true,
    diagnostics: [],
    codeBytes: 10,
    code: 'bafy',
    bound: [...bound],
    boundTotal: bound.length,
    waiting: 0,
    unchanged: bound.length === 0,
    milliseconds: 20,
  });
  const mistake = {
    file: 'imports/r.js',
    line: 1,
    column: 1,
    length: 1,
    severity: 'error' as const,
    message: 'no',
    code: '',
  };
  const words = (part: Partial<Rebuilt>) =>
    rebuiltToNotice('imports/r.js', { diagnostics: [], contracts: [], milliseconds: 41.6, ...part });
  expect(words({})).toMatchObject({ text: 'r.js saved.', detail: 'No contract imports it yet.' });
  expect(words({ contracts: [contract('a.js', ['/a']), contract('b.ts', ['/b', '/c'])] }).text).toBe(
    'a.js, b.ts built with r.js in 42 ms and bound to /a, /b, /c.',
  );
  expect(words({ contracts: [contract('a.js', [])] }).text).toBe('a.js built with r.js in 42 ms.');
  expect(words({ diagnostics: [mistake] })).toMatchObject({
    kind: 'error',
    text: "r.js is saved, but contracts can't be built with it: 1 error.",
  });
  const failed = { ...contract('a.js', []), built: false, diagnostics: [mistake, mistake] };
  expect(words({ contracts: [failed, contract('b.ts', ['/b'])] })).toMatchObject({
    kind: 'error',
    text: 'a.js not built with r.js: 2 errors.',
  });
});
