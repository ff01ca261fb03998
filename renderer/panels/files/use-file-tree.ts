import { useEffect, useState } from 'react';
import type { FileEntry } from '../../../core/studio/protocol/workspace';
import { type TreeList, createTreeList } from '../../lists/tree-list';
import { useClient, useStudio } from '../../store/context';
import { folderOf } from '../../store/paths';

/** The tree of the workspace, which follows the disk. `null` for the moment before the first effect. */
export function useFileTree(): TreeList<FileEntry> | null {
  const client = useClient();
  const epoch = useStudio((state) => state.epoch);
  const changes = useStudio((state) => state.lastChanges);
  const [tree, setTree] = useState<TreeList<FileEntry> | null>(null);

  useEffect(() => {
    const created = createTreeList<FileEntry>({
      readChildren: (parent) => (start, count, signal) =>
        client.call('files.list', { folder: parent?.path ?? '', start, count }, signal),
      keyOf: ({ path }) => path,
      isExpandable: ({ kind }) => kind === 'folder',
      expanded: openAtFirst,
    });
    setTree(created);
    return () => created.dispose();
  }, [client]);

  useEffect(() => tree?.refresh(), [tree, epoch]);

  useEffect(() => {
    for (const folder of new Set(changes.map(folderOf))) tree?.refresh(folder === '' ? null : folder);
  }, [tree, changes]);

  return tree;
}

const openAtFirst = ['contracts', 'scenarios'];
