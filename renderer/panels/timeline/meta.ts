import type { PanelMeta } from '../panel-meta';

export const timelinePanel: PanelMeta = {
  id: 'timeline',
  title: 'Timeline',
  icon: 'list-tree',
  place: 'bottom',
  keys: '$mod+Shift+L',
  commands: [],
  localKeys: [
    { keys: 'ArrowUp', does: 'Selects the message before' },
    { keys: 'ArrowDown', does: 'Selects the message after' },
    { keys: 'ArrowLeft', does: 'Goes to the message that caused this one' },
    { keys: 'ArrowRight', does: 'Goes to the first message that this one sent' },
    { keys: 'End', does: 'Goes to the latest message and follows' },
  ],
  load: () => import('./Panel'),
};
