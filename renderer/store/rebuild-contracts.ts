import type { StudioClient } from '../app/connection';
import { notifyBuilt } from './bind-contract';
import { rebuiltToNotice } from './binding-notice';
import type { StudioState } from './studio';

/** Has the contracts built and bound that a saved file of import sets is a part of, and tells what came of them. */
export async function rebuildContracts(
  client: StudioClient,
  get: () => StudioState,
  path: string,
): Promise<void> {
  const rebuilt = await client.call('contracts.rebuild', { path });
  if (!rebuilt.ok) {
    get().notifyFault(`${path} is saved, but the contracts that import it could not be built`, rebuilt.error);
    return;
  }
  const { diagnostics, contracts } = rebuilt.value;
  get().setProblems(path, diagnostics);
  for (const contract of contracts) get().setProblems(contract.path, contract.diagnostics);
  notifyBuilt(get, rebuiltToNotice(path, rebuilt.value));
}
