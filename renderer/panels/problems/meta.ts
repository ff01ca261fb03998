import type { PanelMeta } from '../panel-meta';

export const problemsPanel: PanelMeta = {
  id: 'problems',
  title: 'Problems',
  icon: 'warning',
  place: 'bottom',
  keys: '$mod+Shift+M',
  commands: [],
  localKeys: [],
  load: () => import('./Panel'),
};
