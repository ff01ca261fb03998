import type { PanelMeta } from '../panel-meta';

export const composerPanel: PanelMeta = {
  id: 'composer',
  title: 'Signal',
  icon: 'send',
  place: 'left-below',
  keys: '$mod+Shift+G',
  commands: [],
  localKeys: [{ keys: '$mod+Enter', does: 'Sends the signal' }],
  load: () => import('./Panel'),
};
