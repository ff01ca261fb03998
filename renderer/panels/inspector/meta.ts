import type { PanelMeta } from '../panel-meta';
import { stepReceipt } from './step-receipt';

export const inspectorPanel: PanelMeta = {
  id: 'inspector',
  title: 'Inspector',
  icon: 'inspect',
  place: 'right',
  keys: '$mod+Shift+Y',
  commands: [
    {
      id: 'inspector.previous',
      title: 'Inspector: Previous Message',
      run: ({ store }) => stepReceipt(store, -1),
    },
    { id: 'inspector.next', title: 'Inspector: Next Message', run: ({ store }) => stepReceipt(store, 1) },
  ],
  localKeys: [
    { keys: 'Alt+ArrowUp', does: 'Shows the message before' },
    { keys: 'Alt+ArrowDown', does: 'Shows the message after' },
  ],
  load: () => import('./Panel'),
};
