import type { PanelMeta } from '../panel-meta';

export const problemsPanel: PanelMeta = {
  id: 'problems',
  title: 'Problems',
  icon: 'warning',
  place: 'bottom',
  keys: '$mod+Shift+M',
  commands: [],
  localKeys: [{ keys: 'Enter', does: 'Goes to the problem in its file' }],
  load: () => import('./Panel'),
};
