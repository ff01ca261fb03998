import type { PanelMeta } from '../panel-meta';

export const filesPanel: PanelMeta = {
  id: 'files',
  title: 'Files',
  icon: 'files',
  place: 'left',
  keys: '$mod+Shift+E',
  commands: [
    { id: 'file.new', title: 'File: New File', run: ({ store }) => store.getState().wishNewFile('file') },
    {
      id: 'folder.new',
      title: 'File: New Folder',
      run: ({ store }) => store.getState().wishNewFile('folder'),
    },
  ],
  localKeys: [
    { keys: 'Enter', does: 'Opens a file or folder' },
    { keys: 'ArrowRight', does: 'Opens a folder' },
    { keys: 'ArrowLeft', does: 'Closes a folder, or goes to the one it is in' },
    { keys: 'F2', does: 'Renames' },
    { keys: 'Delete', does: 'Deletes; it can be taken back' },
    { keys: 'Shift+F10', does: 'Shows what else can be done' },
  ],
  load: () => import('./Panel'),
};
