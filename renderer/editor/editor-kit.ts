import type { Studio } from '../store/context';
import { provideDebugHovers } from './debug-hover';
import { type Monaco, loadMonaco } from './load-monaco';
import { isOfImportSets } from '../store/contract-checks';
import { type Models, createModels } from './models';

/** What editors are made of. */
export interface EditorKit {
  readonly monaco: Monaco;
  readonly models: Models;
}

/** One kit for each store: models have to be the same for all editors. */
export function loadEditorKit(studio: Studio): Promise<EditorKit> {
  const known = kits.get(studio.store);
  if (known !== undefined) return known;
  const loading = load(studio).catch((error: unknown) => {
    // The next editor tries again.
    kits.delete(studio.store);
    throw error;
  });
  kits.set(studio.store, loading);
  return loading;
}

const kits = new WeakMap<Studio['store'], Promise<EditorKit>>();

async function load(studio: Studio): Promise<EditorKit> {
  const { client, store } = studio;
  const { monaco, configureContractLanguages, updateContractLibraries } = await loadMonaco();
  configureContractLanguages();
  provideDebugHovers(monaco, studio);
  const kit = { monaco, models: createModels(monaco, store) };
  client.on('workspace.changed', ({ paths }) => {
    if (paths.some(isOfImportSets)) void updateContractLibraries(client);
  });
  void updateContractLibraries(client).then((come) => {
    if (come) return;
    const unsubscribe = store.subscribe(({ epoch }, before) => {
      if (epoch === before.epoch) return;
      unsubscribe();
      void updateContractLibraries(client);
    });
  });
  return kit;
}
