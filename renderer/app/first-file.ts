import type { FileEntry } from '../../core/studio/protocol/workspace';
import { isContract } from '../store/contract-checks';
import type { StudioClient } from './connection';

/** What a workspace opens with that was never open before: a contract, or else the first text that says what it is. */
export async function firstFile(client: StudioClient): Promise<string | null> {
  const top = await list(client, '');
  const contracts = top.some(({ name, kind }) => kind === 'folder' && name === 'contracts')
    ? await list(client, 'contracts')
    : [];
  const files = [...contracts, ...top].filter(({ kind }) => kind === 'file').map(({ path }) => path);
  return files.find(isContract) ?? files.find((path) => /readme/i.test(path)) ?? null;
}

async function list(client: StudioClient, folder: string): Promise<readonly FileEntry[]> {
  const page = await client.call('files.list', { folder, start: 0, count: 100 });
  return page.ok ? page.value.rows : [];
}
