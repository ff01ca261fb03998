import type { PanelMeta } from '../panel-meta';

export const codePanel: PanelMeta = {
  id: 'code',
  title: 'Code',
  icon: 'file-binary',
  place: 'bottom',
  keys: '$mod+Shift+X',
  commands: [],
  localKeys: [
    { keys: 'Enter', does: 'Runs to the instruction' },
    { keys: 'Shift+Enter', does: 'Runs back to it' },
  ],
  load: () => import('./Panel'),
};
