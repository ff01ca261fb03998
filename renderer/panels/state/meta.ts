import type { PanelMeta } from '../panel-meta';

export const statePanel: PanelMeta = {
  id: 'state',
  title: 'State',
  icon: 'database',
  place: 'right',
  keys: '$mod+Shift+U',
  commands: [],
  localKeys: [
    { keys: 'ArrowRight', does: 'Opens a level' },
    { keys: 'ArrowLeft', does: 'Closes a level, or goes to the one above' },
  ],
  load: () => import('./Panel'),
};
