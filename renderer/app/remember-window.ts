import type { DockviewApi } from 'dockview-react';
import { type Disposable, disposeAll } from '../../core/base/disposal';
import type { Studio } from '../store/context';
import { windowStateToText } from './window-state';

/** Writes down how the window stands, some moments after each change. */
export function rememberWindow({ client, store, api }: Studio & { readonly api: DockviewApi }): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = '';
  const write = (): void => {
    clearTimeout(timer);
    const { chosenTheme: theme, receipt, kernel, panelMemories } = store.getState();
    const layout = { ...api.toJSON() };
    const panels = Object.fromEntries(Object.entries(panelMemories).map(([id, memory]) => [id, memory()]));
    const state = windowStateToText({ kernelscope: 1, layout, theme, receipt, kernel, panels });
    if (state === written) return;
    written = state;
    void client.call('window.write', { state }).then((answer) => {
      // The next change writes it again, or the next connection.
      if (!answer.ok) written = '';
    });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, writeAfter);
  };
  const unsubscribe = store.subscribe((state, before) => {
    // A choice, made once, not one of many changes in a row.
    if (state.chosenTheme !== before.chosenTheme) {
      write();
      return;
    }
    const same =
      state.receipt === before.receipt &&
      state.kernel === before.kernel &&
      state.panelMemories === before.panelMemories &&
      state.epoch === before.epoch;
    if (!same) soon();
  });
  window.addEventListener('pagehide', write);
  const changes = api.onDidLayoutChange(soon);
  return {
    dispose() {
      clearTimeout(timer);
      window.removeEventListener('pagehide', write);
      disposeAll([{ dispose: unsubscribe }, changes]);
    },
  };
}

/** Milliseconds. */
const writeAfter = 400;
