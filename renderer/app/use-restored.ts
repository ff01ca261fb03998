import { useEffect, useState } from 'react';
import { useStudioContext } from '../store/context';
import { type WindowState, textToWindowState } from './window-state';
import { firstFile } from './first-file';
import { layoutDocuments } from './layout';

/**
 * How the window was left: reads it once the host answers and puts it back into the store. `null` until then. A
 * workspace that is opened for the first time shows its first contract.
 */
export function useRestored(): WindowState | null {
  const { client, store } = useStudioContext();
  const [restored, setRestored] = useState<WindowState | null>(null);
  useEffect(() => {
    let left = false;
    const restore = async (): Promise<void> => {
      const [kept, draftPaths] = await Promise.all([
        client.call('window.read', {}),
        store.getState().loadDrafts(),
      ]);
      if (left) return;
      if (!kept.ok) {
        // The connection broke before the first answer: the next one is as good.
        const waiting = store.subscribe(({ epoch }, before) => {
          if (epoch === before.epoch) return;
          waiting();
          void restore();
        });
        return;
      }
      const state = textToWindowState(kept.value.state);
      const { chooseTheme, selectReceipt, selectKernel, loadDocument, openDocument, rememberPanel } =
        store.getState();
      chooseTheme(state.theme);
      for (const [id, memory] of Object.entries(state.panels)) rememberPanel(id, () => memory);
      if (state.kernel !== null) selectKernel(state.kernel);
      if (state.receipt !== null) selectReceipt(state.receipt);
      for (const path of new Set([...layoutDocuments(state.layout), ...draftPaths])) void loadDocument(path);
      const first = state.layout === null && draftPaths.length === 0 ? await firstFile(client) : null;
      if (left) return;
      if (first !== null) openDocument(first, false);
      setRestored(state);
    };
    void restore();
    return () => void (left = true);
  }, [client, store]);
  return restored;
}
