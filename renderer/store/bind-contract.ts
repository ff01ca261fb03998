import type { StudioClient } from '../app/connection';
import { type BuildNotice, bindingToNotice } from './binding-notice';
import type { StudioState } from './studio';

/** Has a saved contract built and bound to its kernels, and tells what came of it. */
export async function bindContract(
  client: StudioClient,
  get: () => StudioState,
  path: string,
): Promise<void> {
  const bound = await client.call('contracts.bind', { path });
  if (!bound.ok) {
    get().notifyFault(`${path} is saved, but could not be built`, bound.error);
    return;
  }
  get().setProblems(path, bound.value.diagnostics);
  notifyBuilt(get, bindingToNotice(path, bound.value));
}

/** Tells what came of a build; of one that failed, with a way to its problems. */
export function notifyBuilt(get: () => StudioState, notice: BuildNotice): void {
  const actions =
    notice.kind === 'error'
      ? { actions: [{ label: 'Show problems', run: () => get().showPanel('problems') }] }
      : {};
  get().notify({ ...notice, ...actions });
}
