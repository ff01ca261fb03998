import { expect, it } from 'vitest';
import { layoutDocuments } from '../../../renderer/app/layout';
import { freshWindowState, textToWindowState, windowStateToText } from '../../../renderer/app/window-state';

it('a window comes back as it was left', () => {
  const state = {
    ...freshWindowState,
    layout: { panels: {} },
    theme: 'light',
    receipt: 7,
    panels: { composer: { to: '/' } },
  } as const;
  expect(textToWindowState(windowStateToText(state))).toEqual(state);
});

it('a window of before that panels remembered anything comes back, too', () => {
  const { panels: _, ...older } = { ...freshWindowState, kernel: '/bank' };
  expect(textToWindowState(JSON.stringify(older))).toEqual({ ...older, panels: {} });
});

it('what can not be read is a fresh start', () => {
  for (const text of [null, '', '{', '{"kernelscope":2}', '{"kernelscope":1,"theme":"pink"}'])
    expect(textToWindowState(text)).toEqual(freshWindowState);
});

it('a layout tells which documents are open', () => {
  const panels = { files: {}, 'editor:contracts/a.ts': {}, 'editor:b.wat': {} };
  expect(layoutDocuments({ panels })).toEqual(['contracts/a.ts', 'b.wat']);
  expect(layoutDocuments({ panels: 3 })).toEqual([]);
  expect(layoutDocuments(null)).toEqual([]);
});
