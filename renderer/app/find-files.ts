import { pageSize } from '../../core/studio/protocol/declare';
import type { StudioClient } from './connection';

export interface FoundFiles {
  readonly paths: readonly string[];
  /** False when there are more than are listed. */
  readonly complete: boolean;
}

/** All files of the workspace, folder by folder from the top; tells of what it has after each folder. */
export async function findFiles(
  client: StudioClient,
  tell: (found: FoundFiles) => void,
  signal: AbortSignal,
): Promise<void> {
  const paths: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (let start = 0; ; start += pageSize) {
      const page = await client.call('files.list', { folder, start, count: pageSize }, signal);
      if (signal.aborted) return;
      if (!page.ok) break;
      for (const { path, name, kind } of page.value.rows) {
        if (kind === 'file') paths.push(path);
        else if (!skipped.has(name)) folders.push(path);
      }
      if (start + pageSize >= page.value.total || paths.length >= mostFiles) break;
    }
    const complete = paths.length < mostFiles;
    tell({ paths: paths.slice(0, mostFiles), complete });
    if (!complete) return;
  }
}

/** More than a palette can usefully filter at each key. */
const mostFiles = 2000;

const skipped: ReadonlySet<string> = new Set(['node_modules', '.git']);
