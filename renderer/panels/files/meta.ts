import type { PanelMeta } from '../panel-meta';

export const filesPanel: PanelMeta = {
  id: 'files',
  title: 'Files',
  icon: 'files',
  place: 'left',
  keys: '$mod+Shift+E',
  commands: [],
  localKeys: [],
  load: () => import('./Panel'),
};
