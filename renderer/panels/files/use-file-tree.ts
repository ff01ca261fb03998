import { useEffect, useState } from 'react';
import type { FileEntry } from '../../../core/studio/protocol/workspace';
import type { StudioClient } from '../../app/connection';
import { type TreeList, createTreeList } from '../../lists/tree-list';
import { useClient, useStudio } from '../../store/context';
import { folderOf } from '../../store/paths';

/** The tree of the workspace, which follows the disk. */
export function useFileTree(): TreeList<FileEntry> {
  const client = useClient();
  const epoch = useStudio((state) => state.epoch);
  const changes = useStudio((state) => state.lastChanges);
  const [tree] = useState(() => createFileTree(client));
  const [readEpoch] = useState(epoch);

  useEffect(() => tree.dispose, [tree]);

  useEffect(() => {
    if (epoch !== readEpoch) tree.refresh();
  }, [tree, epoch, readEpoch]);

  useEffect(() => {
    for (const folder of new Set(changes.map(folderOf))) tree.refresh(folder === '' ? null : folder);
  }, [tree, changes]);

  return tree;
}

const createFileTree = (client: StudioClient): TreeList<FileEntry> =>
  createTreeList<FileEntry>({
    readChildren:
      (parent) =>
      ({ start, count }, signal) =>
        client.call('files.list', { folder: parent?.path ?? '', start, count }, signal),
    keyOf: ({ path }) => path,
    isExpandable: ({ kind }) => kind === 'folder',
    expanded: openAtFirst,
  });

const openAtFirst = ['contracts', 'scenarios'];
