import type { PanelMeta } from '../panel-meta';

export const kernelsPanel: PanelMeta = {
  id: 'kernels',
  title: 'Kernels',
  icon: 'type-hierarchy',
  place: 'left',
  keys: '$mod+Shift+K',
  commands: [],
  localKeys: [
    { keys: 'ArrowRight', does: 'Opens a kernel, or goes to its first child' },
    { keys: 'ArrowLeft', does: 'Closes a kernel, or goes to its parent' },
    { keys: 'Enter', does: 'Selects a kernel and writes it a signal' },
  ],
  load: () => import('./Panel'),
};
